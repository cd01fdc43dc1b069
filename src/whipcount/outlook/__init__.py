"""Will it hold: imputation, rules, simulation, shocks, bargaining and their backtests."""
