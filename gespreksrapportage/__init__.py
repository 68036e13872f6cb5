"""The command line that ties the packages together."""
