"""Resting, going on, and ending without fault: who may, who is told, and what each would like next."""
