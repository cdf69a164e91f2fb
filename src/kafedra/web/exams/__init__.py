"""The written exam of a run: its paper, who sits where, sheets to print, marks part by part, their publication."""
