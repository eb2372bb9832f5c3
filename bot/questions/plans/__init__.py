"""Questions about what is to come or was planned: forecasts, budgets, targets, watches."""
