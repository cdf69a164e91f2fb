# what: вместо состояния генератора load ставит постоянное зерно
# caught_by: test_resume_exactly
# phrase: веса не те
# base: plain
# replace: set_rng_state(state["rng"]) -> manual_seed(0)
