// The exceptions of libskin: who is at fault, and what to do about it.
#pragma once

#include <stdexcept>
#include <string>

#if defined(__GNUC__)
#define SKIN_VISIBLE __attribute__((visibility("default")))  // exceptions cross shared-library borders
#else
#define SKIN_VISIBLE
#endif

namespace skin {

/// Base of everything that libskin throws.
class SKIN_VISIBLE Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Bad input from the caller: field, value and allowed range are in the message.
class SKIN_VISIBLE ParameterError : public Error {
public:
    using Error::Error;
};

/// Bad parameter or treatment file: file, line and key are in the message.
class SKIN_VISIBLE DataError : public Error {
public:
    using Error::Error;
};

/// A result file (or folder) cannot be read or written.
class SKIN_VISIBLE FileError : public Error {
public:
    using Error::Error;
};

/// The numbers failed: time, step, layer, residual and what was tried are in the message.
class SKIN_VISIBLE SolverError : public Error {
public:
    using Error::Error;
};

/// A stop was asked for through RunControl; the message says how far the work came.
class SKIN_VISIBLE Cancelled : public Error {
public:
    using Error::Error;
};

/// `text("%g m", 0.5)`: printf-style formatting for messages (GCC 12 has no <format>).
[[nodiscard]] std::string text(const char* format, ...) __attribute__((format(printf, 1, 2)));

}  // namespace skin
