"""The limits under which an unchecked file is read, known to the parent and to the child."""

MEMORY = 1 << 30  # bytes of address space
CPU_SECONDS = 20  # seconds of processor time
WALL_SECONDS = 30  # seconds by the clock, however busy the computer is
