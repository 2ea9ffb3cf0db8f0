"""``python -m libskin``: the command line."""

from libskin.cli import main

if __name__ == "__main__":
    main()
