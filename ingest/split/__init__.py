"""Several reports in one file, told apart or said to be mixed."""
