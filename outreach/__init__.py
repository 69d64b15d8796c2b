"""Events and training; what carries content to people."""
