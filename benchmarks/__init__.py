"""What a call costs: this project beside what one would pick instead (make bench)."""
