"""What `/agenda` is made of."""
