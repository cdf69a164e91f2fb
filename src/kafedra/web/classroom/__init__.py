"""Runs, repositories, submissions, reports: what happens between Accept and the verdict."""
