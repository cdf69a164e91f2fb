"""What templates say of blitzes."""
