"""The sixteen kinds of parts that arithmetic problems are made of, and the lists that they are drawn from."""

from algebra_parts import arithmetic_series, binomial, polynomial, power_sum, recurrence, story
from number_parts import (
    chinese_remainder,
    count_of_multiples,
    digit_sum,
    divisors,
    greatest_common_divisor,
    least_common_multiple,
    linear_remainder,
    modular_power,
    other_base,
    two_products,
)

# The order of these tuples is part of the format: a kind is drawn by its place.
KINDS = (
    modular_power,
    linear_remainder,
    two_products,
    greatest_common_divisor,
    least_common_multiple,
    digit_sum,
    recurrence,
    other_base,
    count_of_multiples,
    divisors,
    chinese_remainder,
    arithmetic_series,
    binomial,
    polynomial,
    power_sum,
    story,
)
PHRASES = tuple(kind for kind in KINDS if kind is not story)
HARD_PHRASES = (
    linear_remainder,
    two_products,
    modular_power,
    polynomial,
    recurrence,
    arithmetic_series,
    digit_sum,
    chinese_remainder,
    count_of_multiples,
    other_base,
)
LABORIOUS_PHRASES = (  # a kind stands here more often where more of its derivations are turned down as too long
    *(linear_remainder,) * 4,
    *(two_products,) * 3,
    *(arithmetic_series,) * 3,
    *(polynomial,) * 3,
    *(recurrence,) * 2,
    digit_sum,
    count_of_multiples,
)
ON_EARLIER_PART = (linear_remainder, greatest_common_divisor, digit_sum, other_base, count_of_multiples)
LINKS = (linear_remainder, linear_remainder, linear_remainder, count_of_multiples)  # of a long chain
