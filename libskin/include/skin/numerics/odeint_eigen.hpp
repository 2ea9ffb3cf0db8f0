// Odeint with Eigen states. Eigen's adapter is not self-contained: the order of these two lines matters.
#pragma once

#include <boost/numeric/odeint.hpp>

#include <boost/numeric/odeint/external/eigen/eigen.hpp>
