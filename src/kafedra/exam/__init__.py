"""The written exam without a server: the bank of questions, papers drawn by a rule, sheets printed as PDF."""
