"""Parts about whole numbers: remainders, divisibility, digits and bases. See solver.py for what a kind of part is."""

from math import gcd

from solver import Drawn, Values, of_level
from writing import Chance, Scribe, divide, multiply, reduce

# ---- remainders


def modular_power(chance: Chance, level: int) -> Drawn:
    base = chance.integer(2, of_level(level, 9, 15, 30))
    exponent = chance.integer(of_level(level, 3, 4, 6), of_level(level, 6, 10, 20))
    modulus = chance.integer(of_level(level, 7, 11, 31), of_level(level, 30, 60, 130))

    def solve(scribe: Scribe, values: Values) -> int:
        if exponent <= 8 and scribe.chance.happens(0.5):
            return _power_step_by_step(scribe, base, exponent, modulus)
        return _power_by_squaring(scribe, base, exponent, modulus)

    forms = [f"the remainder when {base}^{exponent} is divided by {modulus}", f"{base}^{exponent} mod {modulus}"]
    return chance.pick(forms), solve


def _power_step_by_step(scribe: Scribe, base: int, exponent: int, modulus: int) -> int:
    value = base % modulus
    if base >= modulus:
        scribe.line(f"{base}={value}")
    for power in range(2, exponent + 1):
        text, product = multiply(scribe, value, base % modulus)
        rest, value = reduce(scribe, product, modulus)
        scribe.line(f"^{power}: {text}{rest}")
    return value


def _power_by_squaring(scribe: Scribe, base: int, exponent: int, modulus: int) -> int:
    value = base % modulus
    powers = {1: value}  # exponent: value
    reached = 1
    if base >= modulus:
        scribe.line(f"{base}={value}")
    while reached * 2 <= exponent:
        text, product = multiply(scribe, value, value)
        rest, value = reduce(scribe, product, modulus)
        reached *= 2
        powers[reached] = value
        scribe.line(f"^{reached}: {text}{rest}")
    descending = scribe.chance.happens(0.5)
    missing = sorted([power for power in powers if (exponent - reached) & power], reverse=descending)
    if missing:
        scribe.line(f"{exponent}=" + "+".join(map(str, [reached] + missing)))
    for power in missing:
        reached += power
        text, product = multiply(scribe, value, powers[power])
        rest, value = reduce(scribe, product, modulus)
        scribe.line(f"^{reached}: {text}{rest}")
    return value


def linear_remainder(chance: Chance, level: int, operand_name: str = "") -> Drawn:
    modulus = chance.integer(of_level(level, 11, 31, 51, 101), of_level(level, 60, 150, 399, 999))
    first = chance.integer(of_level(level, 5, 5, 5, 101), of_level(level, 30, 99, 199, 999))
    factor = chance.integer(of_level(level, 5, 5, 5, 12), of_level(level, 20, 60, 99, 199))
    addend = chance.integer(1, of_level(level, 50, 200, 500, 999))

    def solve(scribe: Scribe, values: Values) -> int:
        operand = values[operand_name] if operand_name else first
        if operand >= modulus and scribe.chance.happens(0.5):
            rest, operand = reduce(scribe, operand, modulus)
            scribe.line(rest[2:])
        text, product = multiply(scribe, operand, factor)
        if scribe.chance.happens(0.5):
            rest, product = reduce(scribe, product, modulus)
            text += rest
        scribe.line(text)
        total = scribe.value(product + addend)
        rest, value = reduce(scribe, total, modulus)
        scribe.line(f"{product}+{addend}={total}{rest}")
        return value

    return f"the remainder when {operand_name or first}*{factor}+{addend} is divided by {modulus}", solve


def two_products(chance: Chance, level: int) -> Drawn:
    low, high = of_level(level, 5, 5, 5, 12), of_level(level, 20, 50, 99, 99)
    a, b, c, d = [chance.integer(low, high) for _ in range(4)]
    modulus = chance.integer(of_level(level, 21, 31, 51, 301), of_level(level, 60, 150, 399, 999))

    def solve(scribe: Scribe, values: Values) -> int:
        text, first = multiply(scribe, a, b)
        early = scribe.chance.happens(0.5)
        if early:
            rest, first = reduce(scribe, first, modulus)
            text += rest
        scribe.line(text)
        text, second = multiply(scribe, c, d)
        if early:
            rest, second = reduce(scribe, second, modulus)
            text += rest
        scribe.line(text)
        total = scribe.value(first + second)
        rest, value = reduce(scribe, total, modulus)
        scribe.line(f"{first}+{second}={total}{rest}")
        return value

    return f"the remainder when {a}*{b}+{c}*{d} is divided by {modulus}", solve


# ---- divisibility


def _euclid(scribe: Scribe, left: int, right: int) -> int:
    """Writes Euclid's algorithm, one division a line, and returns the greatest common divisor that it ends with."""
    if left < right:
        left, right = right, left
    while right:
        text, _, remainder = divide(scribe, left, right)
        scribe.line(text)
        left, right = right, remainder
    return left


def greatest_common_divisor(chance: Chance, level: int, operand_name: str = "") -> Drawn:
    common = chance.integer(2, of_level(level, 12, 30, 45))
    most = max(2, of_level(level, 120, 400, 999) // common)
    first = common * chance.integer(2, most)
    second = common * chance.integer(2, most)
    swapped = chance.happens(0.5)

    def solve(scribe: Scribe, values: Values) -> int:
        return _euclid(scribe, values[operand_name] if operand_name else first, second)

    left, right = (second, operand_name or first) if swapped else (operand_name or first, second)
    return chance.pick([f"gcd({left},{right})", f"the greatest common divisor of {left} and {right}"]), solve


def least_common_multiple(chance: Chance, level: int) -> Drawn:
    while True:
        common = chance.integer(2, 20)
        a = common * chance.integer(1, of_level(level, 8, 15, 25))
        b = common * chance.integer(2, of_level(level, 8, 15, 25))
        if a != b and a * b // gcd(a, b) <= 999:
            break

    def solve(scribe: Scribe, values: Values) -> int:
        larger, smaller = max(a, b), min(a, b)
        if larger // gcd(a, b) * smaller // larger > 9 or scribe.chance.happens(0.5):
            divisor = _euclid(scribe, a, b)
            quotient = scribe.value(a // divisor)
            scribe.line(f"gcd={divisor}, {a}/{divisor}={quotient}")
            text, multiple = multiply(scribe, quotient, b)
            scribe.line(text)
            return multiple
        multiple = larger
        while True:  # multiples of the larger number until the smaller divides one
            text, _, remainder = divide(scribe, multiple, smaller)
            scribe.line(text)
            if remainder == 0 or multiple > 9 * larger:
                return multiple
            multiple += larger

    return chance.pick([f"lcm({a},{b})", f"the least common multiple of {a} and {b}"]), solve


def divisors(chance: Chance, level: int) -> Drawn:
    """The number or the sum of the divisors of a number with small prime factors."""
    while True:
        number, exponents, divisor_sum = _draw_factors(chance)
        if exponents and of_level(level, 6, 60, 120) <= number <= of_level(level, 100, 400, 999):
            break
    summed = level > 1 and divisor_sum <= 999 and chance.happens(0.5)

    def solve(scribe: Scribe, values: Values) -> int:
        rest = number
        primes = sorted(exponents, reverse=scribe.chance.happens(0.3))
        for prime in primes:
            for _ in range(exponents[prime]):
                scribe.line(f"{rest}/{prime}={rest // prime}")
                rest //= prime
        count_or_sum = _sum_of_divisors if summed else _number_of_divisors
        return count_or_sum(scribe, primes, exponents)

    return f"the {'sum of the' if summed else 'number of'} divisors of {number}", solve


def _draw_factors(chance: Chance) -> tuple[int, dict[int, int], int]:
    """A number, the exponents of its primes and the sum of its divisors."""
    number, exponents, divisor_sum = 1, {}, 1
    for prime in (2, 3, 5, 7, 11, 13):
        exponent = int(chance.random() ** 2 * (5 if prime == 2 else 3 if prime == 3 else 2))
        if exponent:
            exponents[prime] = exponent
            number *= prime**exponent
            divisor_sum *= (prime ** (exponent + 1) - 1) // (prime - 1)
    return number, exponents, divisor_sum


def _number_of_divisors(scribe: Scribe, primes: list[int], exponents: dict[int, int]) -> int:
    count = 1
    for prime in primes:
        count *= exponents[prime] + 1
    count = scribe.value(count)
    scribe.line("*".join(str(exponents[prime] + 1) for prime in primes) + f"={count}")
    return count


def _sum_of_divisors(scribe: Scribe, primes: list[int], exponents: dict[int, int]) -> int:
    total = None
    for prime in primes:
        powers = [prime**exponent for exponent in range(exponents[prime] + 1)]
        factor = scribe.value(sum(powers))
        scribe.line(f"{prime}: " + "+".join(map(str, powers)) + f"={factor}")
        if total is None:
            total = factor
        else:
            text, total = multiply(scribe, total, factor)
            scribe.line(text)
    return total


def count_of_multiples(chance: Chance, level: int, operand_name: str = "") -> Drawn:
    """How many integers up to a number are divisible by one of two, by neither, or by the first alone."""
    limit = chance.integer(of_level(level, 30, 100, 300, 600), of_level(level, 200, 600, 999, 999))
    a = chance.integer(of_level(level, 2, 2, 2, 7), of_level(level, 9, 12, 15, 39))
    b = chance.integer(of_level(level, 2, 2, 2, 11), of_level(level, 9, 15, 19, 49))
    if a == b:
        b += 1
    both = a * b // gcd(a, b)
    mode = chance.pick(["or", "neither", "not"])

    def solve(scribe: Scribe, values: Values) -> int:
        number = values[operand_name] if operand_name else limit
        by_a, by_b, by_both = scribe.value(number // a), number // b, scribe.value(number // both)
        if mode != "not":
            by_b = scribe.value(by_b)
        texts = [f"{number}/{a}: {by_a}", f"{number}/{b}: {by_b}", f"lcm={both}, {number}/{both}: {by_both}"]
        if mode == "not":
            texts.pop(1)
        if scribe.chance.happens(0.4):
            texts = [texts[-1]] + texts[:-1]
        scribe.lines_of_one_step(texts)
        if mode == "not":
            count = scribe.value(by_a - by_both)
            scribe.line(f"{by_a}-{by_both}={count}")
            return count
        either = scribe.value(by_a + by_b - by_both)
        text = f"{by_a}+{by_b}={by_a + by_b}, {by_a + by_b}-{by_both}={either}"
        if mode == "or":
            scribe.line(text)
            return either
        count = scribe.value(number - either)
        scribe.line(f"{text}, {number}-{either}={count}")
        return count

    condition = {"or": f"{a} or {b}", "neither": f"neither {a} nor {b}", "not": f"{a} but not {b}"}[mode]
    return f"the number of integers from 1 to {operand_name or limit} divisible by {condition}", solve


def chinese_remainder(chance: Chance, level: int) -> Drawn:
    """The least number with two given remainders, found by steps of one modulus."""
    while True:
        a, b = chance.integer(3, of_level(level, 7, 13, 25)), chance.integer(3, of_level(level, 9, 17, 31))
        if a == b or gcd(a, b) > 1:
            continue
        number = chance.integer(1, a * b - 1)
        if number <= 999 and min(number // a, number // b) <= 9:
            break
    to_a, to_b = number % a, number % b

    def solve(scribe: Scribe, values: Values) -> int:
        ways = [way for way in ((a, to_a, b, to_b), (b, to_b, a, to_a)) if number // way[0] <= 9]
        step, start, modulus, wanted = scribe.chance.pick(ways)
        candidate = start or step
        tried = []
        while len(tried) < 12:
            remainder = scribe.value(candidate % modulus, modulus)
            tried.append(f"{candidate}:{remainder}")
            if remainder == wanted:
                break
            candidate += step
        scribe.clean_line(f"step {step}, want {wanted} mod {modulus}")
        scribe.line(" ".join(tried))
        return candidate

    return f"the least positive n with n mod {a}={to_a} and n mod {b}={to_b}", solve


# ---- digits and bases


def digit_sum(chance: Chance, level: int, operand_name: str = "") -> Drawn:
    first = chance.integer(of_level(level, 11, 25, 101, 1001), of_level(level, 60, 199, 999, 9999))
    factor = chance.integer(of_level(level, 3, 3, 3, 101), of_level(level, 19, 99, 99, 999))

    def solve(scribe: Scribe, values: Values) -> int:
        text, product = multiply(scribe, values[operand_name] if operand_name else first, factor)
        scribe.line(text)
        digits = str(abs(product))
        total = scribe.value(sum(map(int, digits)))
        scribe.line("+".join(digits) + f"={total}")
        return total

    form = chance.pick(["the sum of the digits of {}*{}", "the digit sum of {}*{}"])
    return form.format(operand_name or first, factor), solve


def other_base(chance: Chance, level: int, operand_name: str = "") -> Drawn:
    """The digit sum of a number in another base, or the value of a number written in one."""
    base = chance.integer(2, 9) if level > 1 else chance.integer(4, 9)
    number = chance.integer(of_level(level, 20, 100, 300), of_level(level, 120, 500, 999))
    if operand_name or chance.happens(0.5):

        def solve_digit_sum(scribe: Scribe, values: Values) -> int:
            return _digit_sum_in_base(scribe, values[operand_name] if operand_name else number, base)

        return f"the sum of the digits of {operand_name or number} in base {base}", solve_digit_sum
    digits = _digits_in_base(number, base)

    def solve_value(scribe: Scribe, values: Values) -> int:
        if scribe.chance.happens(0.5):
            return _value_by_horner(scribe, digits, base)
        return _value_by_powers(scribe, digits, base)

    return chance.pick(
        [f"{digits} (base {base}) in base 10", f"the base 10 value of {digits} in base {base}"]
    ), solve_value


def _digits_in_base(number: int, base: int) -> str:
    digits = ""
    while number:
        digits, number = str(number % base) + digits, number // base
    return digits


def _digit_sum_in_base(scribe: Scribe, number: int, base: int) -> int:
    digits = []
    while number and len(digits) < 12:
        text, number, digit = divide(scribe, number, base)
        scribe.line(text)
        digits.append(digit)
    total = scribe.value(sum(digits))
    scribe.line("+".join(map(str, digits or [0])) + f"={total}")
    return total


def _value_by_horner(scribe: Scribe, digits: str, base: int) -> int:
    value = int(digits[0])
    for digit in digits[1:]:
        after = scribe.value(value * base + int(digit))
        scribe.line(f"{value}*{base}+{digit}={after}")
        value = after
    return value


def _value_by_powers(scribe: Scribe, digits: str, base: int) -> int:
    total = None
    for place, digit in enumerate(map(int, digits)):
        if not digit:
            continue
        power = base ** (len(digits) - 1 - place)
        product = scribe.value(digit * power)
        if total is None:
            scribe.line(f"{digit}*{power}={product}")
            total = product
        else:
            after = scribe.value(total + product)
            scribe.line(f"{digit}*{power}={product}, {total}+{product}={after}")
            total = after
    return total
