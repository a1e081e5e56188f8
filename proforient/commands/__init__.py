"""The command line: what an operator and other programs ask for, in this process or in the running application."""
