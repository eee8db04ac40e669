"""What else happens to a program: company, limits, signals, clocks, pipes."""

import clock
import limits
import readers
import signals
import streams
import writers


def rounds(stock):
    return [round for module in (writers, readers, clock, signals, streams, limits)
            for round in module.rounds(stock)]
