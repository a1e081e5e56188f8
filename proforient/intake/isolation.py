"""The limits under which an unchecked file is read, known to the parent and to the child."""

MEMORY = 1 << 30  # bytes of address space
CPU_SECONDS = 20
WALL_SECONDS = 30
