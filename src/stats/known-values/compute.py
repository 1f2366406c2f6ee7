"""Computes tails.tsv with 60 digits: `python3 compute.py > tails.tsv` (needs mpmath and gmpy2; takes some minutes).

Methods other than those of the code that is checked: series and sums whose terms are all positive, on the side of the
smaller tail, whose complement is the other one. Arguments are the exact values of the nearest doubles.
"""
import sys
import gmpy2
from mpmath import mp, mpf, loggamma, exp, log, sqrt, pi, erfc, gammainc, quad, diff, inf

mp.dps = 60


def enough():
    return mpf(10) ** (10 - mp.dps)


def quick(*values):
    """The same numbers for long loops."""
    gmpy2.get_context().precision = int(mp.dps * 3.4) + 20
    return [gmpy2.mpfr(mp.nstr(mpf(value), mp.dps + 5)) for value in values]


def slow(value):
    return mpf(str(value))


def beta_lower(x, y, a, b):
    """x^a y^b / (a B(a, b)) sum of (a + b)_k x^k / (a + 1)_k (DLMF 8.17.8)."""
    if x <= 0:
        return mpf(0)
    term = exp(a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))
    total, k, limit = 1, 0, enough()
    first, (term, x, top, bottom, limit) = term, quick(1, x, a + b, a + 1, limit)
    while True:
        ratio = (top + k) * x / (bottom + k)
        term *= ratio
        total += term
        k += 1
        if ratio < 1 and term < total * limit * (1 - ratio):
            return first * slow(total)


def beta_tails(x, y, a, b):
    """The smaller tail's series; the other's with digits to spare where it would take for ever."""
    if x * (a + b) > a:
        upper, lower = beta_tails(y, x, b, a)
        return lower, upper
    if a * log(x) + b * log(y) + loggamma(a + b) - loggamma(a + 1) - loggamma(b) < -1500:
        return mpf(0), mpf(1)
    terms = lambda a, y: max(15 * sqrt(a / y), 115 / y)
    if terms(a, y) < 3 * terms(b, x):
        lower = beta_lower(x, y, a, b)
        return lower, 1 - lower
    mp.dps = 400
    upper = beta_lower(1 - x, x, b, a)
    lower = 1 - upper
    mp.dps = 60
    return +lower, +upper


def gamma_tails(x, a):
    """Below the mean x^a e^-x sum of x^k / gamma(a + k + 1) (DLMF 8.11.4), above it the descending sum or mpmath's."""
    if a * log(x) - x - loggamma(a + 1) < -1500:
        return (mpf(0), mpf(1)) if x < a else (mpf(1), mpf(0))
    if x <= a or x < 5:
        first = exp(a * log(x) - x - loggamma(a + 1))
        total, k, (term, x, a, limit) = 1, 1, quick(1, x, a, enough())
        while term > total * limit:
            term *= x / (a + k)
            total += term
            k += 1
        total = first * slow(total)
        return total, 1 - total
    if a < 1000:
        upper = gammainc(a, x, inf, regularized=True)
        return 1 - upper, upper
    first = exp((a - 1) * log(x) - x - loggamma(a))
    total, k, (term, x, a, limit) = 1, 1, quick(1, x, a, enough())
    while term > total * limit and k < a:
        term *= (a - k) / x
        total += term
        k += 1
    assert term <= total * limit or a == int(a)
    total = first * slow(total)
    return 1 - total, total


def add_up(mass, ratio, k, low, high, step):
    """Sum of masses from k outwards to low or high."""
    first, total, falling = mass(mpf(k)), 0, False
    k, low, high = int(k), int(low), int(high)
    term, one, limit = quick(1, 1, mpf('1e-45'))
    while low <= k <= high:
        total += term
        r = ratio(one * k) if step > 0 else 1 / ratio(one * (k - 1)) if k > low else one * 0
        falling = falling or r < 1
        term *= r
        k += step
        if falling and term < total * limit * (1 - min(r, 1 - limit)):
            break
    return first * slow(total)


def sum_tails(mass, ratio, k, low, high, mean):
    """Both tails with the point itself, by adding on the smaller side."""
    if k < mean:
        lower = add_up(mass, ratio, k, low, high, -1)
        return lower, 1 - lower + mass(k)
    upper = add_up(mass, ratio, k, low, high, 1)
    return 1 - upper + mass(k), upper


def choose(n, k):
    return loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)


def betabinom(k, n, p, rho):
    s = 1 / rho - 1
    a, b = p * s, (1 - p) * s
    lbeta = loggamma(a) + loggamma(b) - loggamma(a + b)
    mass = lambda j: exp(choose(n, j) + loggamma(j + a) + loggamma(n - j + b) - loggamma(n + a + b) - lbeta)
    qn, qa, qb = quick(n, a, b)
    ratio = lambda j: (qn - j) * (j + qa) / ((j + 1) * (qn - j - 1 + qb))
    if n <= 200000 or s > 1e7 or (k if k < n * p else n - k) < 2e5:
        lower, upper = sum_tails(mass, ratio, k, 0, n, n * p)
        return lower, upper, mass(k)
    if k < n * p:
        upper, lower, at = betabinom(n - k, n, 1 - p, rho)
        return lower, upper, at
    # too many terms: Euler and Maclaurin's formula, far from both ends
    mp.dps = 40
    near = [k + mpf(2) ** i for i in range(8, 40) if k + mpf(2) ** i < (k + n) / 2]
    upper = quad(mass, [k] + near + [k + (n - k) * (1 - mpf(2) ** -i) for i in range(1, 24)] + [n - 64])
    upper += (mass(k) + mass(n - 64)) / 2 - diff(mass, k) / 12 + diff(mass, n - 64) / 12
    upper -= diff(mass, n - 64, 3, h=mpf(10) ** -6) / 720
    upper += diff(mass, n - 64, 5, h=mpf(10) ** -4) / 30240
    upper += sum(mass(n - j) for j in range(64))
    mp.dps = 60
    return 1 - upper + mass(k), upper, mass(k)


def hypergeom(k, M, n, N):
    mass = lambda j: exp(choose(n, j) + choose(M - n, N - j) - choose(M, N))
    qn, qN, qM = quick(n, N, M)
    ratio = lambda j: (qn - j) * (qN - j) / ((j + 1) * (qM - qn - qN + j + 1))
    lower, upper = sum_tails(mass, ratio, k, max(0, N + n - M), min(n, N), n * N / M)
    return lower, upper, mass(k)


def write(name, arguments, calls, values):
    for tail, call, value in zip(('lower', 'upper', 'mass'), calls, values):
        if value > mpf('1e-305') and value < 1 - mpf('1e-18'):
            print(name, tail, ' '.join(repr(x) for x in arguments), mp.nstr(value, 18), call, sep='\t')
    sys.stdout.flush()


def exact(*arguments):
    return [mpf(x) for x in arguments]


def write_continuous(name, scipy, arguments, values):
    text = ', '.join(repr(x) for x in arguments)
    write(name, arguments, [f'{scipy}.cdf({text})', f'{scipy}.sf({text})', f'{scipy}.pdf({text})'], values)


def write_counts(name, scipy, arguments, text, values):
    k = arguments[0]
    write(name, arguments, [f'{scipy}.cdf({k}, {text})', f'{scipy}.sf({k} - 1, {text})', f'{scipy}.pmf({k}, {text})'], values)


def write_all():
    print('# distribution, tail (discrete ones with the point itself), arguments as here, value, the call of SciPy it equals.')
    print('# Computed by compute.py with 60 digits, not by SciPy, which loses digits in some of the tails.')
    for x in (1e-10, 0.1, 0.5, 0.66, 0.67, 1.0, 2.0, 3.3, 5.0, 5.65, 5.66, 8.0, 13.0, 21.0, 30.0, 37.0):
        for sign in (1, -1):
            z, = exact(sign * x)
            upper, lower = erfc(z / sqrt(2)) / 2, erfc(-z / sqrt(2)) / 2
            write_continuous('normal', 'norm', [sign * x], (lower, upper, exp(-z * z / 2) / sqrt(2 * pi)))
    for df in (0.5, 1.0, 2.5, 7.0, 30.0, 333.3, 1e4, 1e6):
        for x in (1e-8, 0.3, 1.0, 1.7, 4.0, 11.0, 33.0, 1e3, 1e8, 1e30, 1e180):
            v, z = exact(df, x)
            lower, upper = beta_tails(v / (v + z * z), z * z / (v + z * z), v / 2, mpf(1) / 2)
            density = exp(loggamma((v + 1) / 2) - loggamma(v / 2) - (v + 1) / 2 * log(1 + z * z / v)) / sqrt(v * pi)
            write_continuous('t', 't', [x, df], (1 - lower / 2, lower / 2, density))
    for shape in (0.01, 0.3, 1.0, 2.5, 17.0, 99.5, 1234.5, 1e5, 1e6):
        spread = shape**0.5
        points = [shape * 0.01, shape * 0.3, shape * 0.9, shape, shape * 1.1 + 0.1, shape * 2 + 2, shape + 3 * spread, shape + 9 * spread]
        points += [shape + 20 * spread + 30, shape - 3 * spread, shape - 9 * spread, shape - 30 * spread, 1e-300, 1e-20, 600.0]
        for x in sorted({float('%.6g' % x) for x in points if x > 0}):
            a, z = exact(shape, x)
            lower, upper = gamma_tails(z, a)
            write_continuous('gamma', 'gamma', [x, shape], (lower, upper, exp((a - 1) * log(z) - z - loggamma(a))))
    for df in (0.5, 1.0, 3.0, 40.0, 2001.0, 1e6):
        spread = (2 * df) ** 0.5
        for x in sorted({float('%.6g' % max(x, 1e-6 * df)) for x in (1e-6, df - 8 * spread, df - 2 * spread, df, df + 2 * spread, df + 8 * spread, df + 30 * spread, 1300.0)}):
            v, z = exact(df, x)
            lower, upper = gamma_tails(z / 2, v / 2)
            write_continuous('chiSquare', 'chi2', [x, df], (lower, upper))
    for df1, df2 in ((1.0, 1.0), (1.0, 30.0), (0.5, 7.0), (3.0, 0.5), (5.0, 12.5), (40.0, 1e4), (1e6, 3.0), (1e6, 1e6), (2.0, 1e6)):
        spread = (2 / df1 + 2 / df2) ** 0.5
        for x in sorted({float('%.6g' % max(x, 1e-9)) for x in (1e-9, 0.01, 0.5, 1.0, 1.5, 1 - 8 * spread, 1 - 2 * spread, 1 + 2 * spread, 1 + 8 * spread, 1 + 25 * spread, 1e3, 1e20)}):
            d1, d2, z = exact(df1, df2, x)
            s = d1 * z + d2
            write_continuous('f', 'f', [x, df1, df2], beta_tails(d1 * z / s, d2 / s, d1 / 2, d2 / 2))
    shapes = (0.01, 0.7, 1.0, 5.5, 120.0, 4e3, 1e6)
    for a in shapes:
        for b in shapes:
            mean = a / (a + b)
            spread = (mean * (1 - mean) / (a + b + 1)) ** 0.5
            points = (1e-250, 1e-12, mean * 0.1, mean - 20 * spread, mean - 6 * spread, mean - spread, mean, mean + spread, mean + 6 * spread, mean + 20 * spread, 0.5, 0.99, 1 - 1e-12)
            for x in sorted({float('%.9g' % x) for x in points if 0 < x < 1} - {1.0}):
                aa, bb, z = exact(a, b, x)
                write_continuous('beta', 'beta', [x, a, b], beta_tails(z, 1 - z, aa, bb))
    for n in (1, 10, 1000, 100_000, 1_000_000_000):
        for p in (1e-12, 1e-5, 0.02, 0.3, 0.5, 0.9, 0.999):
            m, spread = n * p, (n * p * (1 - p)) ** 0.5
            for k in sorted({min(n, max(0, round(m + s * spread))) for s in (-35, -12, -4, -1, 0, 1, 4, 12, 35)} | {min(n, round(m + 40))}):
                z, = exact(p)
                lower = beta_tails(1 - z, z, mpf(n - k), mpf(k + 1))[0] if k < n else mpf(1)
                upper = beta_tails(z, 1 - z, mpf(k), mpf(n - k + 1))[0] if k > 0 else mpf(1)
                write_counts('binomial', 'binom', [k, n, p], f'{n}, {p!r}', (lower, upper, exp(choose(mpf(n), mpf(k)) + k * log(z) + (n - k) * log(1 - z))))
    for mean in (1e-9, 0.1, 3.7, 41.0, 2500.5, 1e6, 1e9):
        for k in sorted({max(0, round(mean + s * mean**0.5)) for s in (-35, -12, -4, -1, 0, 1, 4, 12, 35)} | {round(mean + 40)}):
            z, = exact(mean)
            lower = gamma_tails(z, mpf(k + 1))[1]
            upper = gamma_tails(z, mpf(k))[0] if k > 0 else mpf(1)
            write_counts('poisson', 'poisson', [k, mean], repr(mean), (lower, upper, exp(k * log(z) - z - loggamma(mpf(k + 1)))))
    for mean in (0.01, 2.5, 300.0, 1e5, 1e9):
        for dispersion in (1e-9, 1e-4, 0.03, 0.37, 1.0, 8.0):
            spread = (mean + dispersion * mean**2) ** 0.5
            for k in sorted({max(0, round(mean + s * spread)) for s in (-30, -10, -3, -0.9, 0, 1, 4, 12, 35)} | {round(mean * 0.01), round(mean + 20)}):
                m, d = exact(mean, dispersion)
                r = 1 / d
                p, q = r / (r + m), m / (r + m)
                lower = beta_tails(p, q, r, mpf(k + 1))[0]
                upper = beta_tails(q, p, mpf(k), r)[0] if k > 0 else mpf(1)
                mass = exp(loggamma(k + r) - loggamma(r) - loggamma(mpf(k + 1)) + r * log(p) + k * log(q))
                write_counts('negativeBinomial', 'nbinom', [k, mean, dispersion], f'1 / {dispersion!r}, 1 / (1 + {dispersion!r} * {mean!r})', (lower, upper, mass))
    for n in (1, 30, 2000, 100_000, 1_000_000_000):
        for p in (1e-5, 0.02, 0.5, 0.93):
            for rho in (1e-8, 1e-3, 0.05, 0.6):
                spread = (n * p * (1 - p) * (1 + (n - 1) * rho)) ** 0.5
                for k in sorted({min(n, max(0, round(n * p + s * spread))) for s in (-25, -6, -1, 0, 2, 10, 30)} | {min(n, 3)}):
                    write_counts('betaBinomial', 'betabinom', [k, n, p, rho], f'{n}, {p!r} * (1 / {rho!r} - 1), (1 - {p!r}) * (1 / {rho!r} - 1)', betabinom(mpf(k), mpf(n), *exact(p, rho)))
    for M, n, N in ((10, 4, 5), (60, 25, 31), (1000, 30, 700), (10**5, 40_000, 300), (10**6, 10, 10**5), (10**6, 400_000, 500_000), (10**9, 3 * 10**8, 10**6), (10**9, 5 * 10**8, 4 * 10**8)):
        m = n * N / M
        spread = (m * (1 - n / M) * (M - N) / (M - 1)) ** 0.5
        for k in sorted({min(n, N, max(0, N + n - M, round(m + s * spread))) for s in (-30, -10, -3, -1, 0, 1, 3, 10, 30)} | {min(n, N)}):
            write_counts('hypergeometric', 'hypergeom', [k, M, n, N], f'{M}, {n}, {N}', hypergeom(mpf(k), mpf(M), mpf(n), mpf(N)))


write_all()
