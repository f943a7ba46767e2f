SELECT 1 + 2, 1 - 2L, 2 * 3Y, 7 / 2, 7 div 2, 7 % 3, -7 % 3, -7 div 2, mod(7, 3), pmod(-7, 3), 1S + 1Y
SELECT 1.5 + 2, 1.50 * 2.5, 1.5 / 0.3, 10.0 / 3, 1.5 % 1, 5.5 div 2, 1.5D + 1, 1.5F * 2, 1.5F + 1.5D, 1.5D + 1.5
SELECT CAST(1 AS DECIMAL(38,10)) * CAST(3 AS DECIMAL(38,10)), CAST(1 AS DECIMAL(10,2)) / CAST(3 AS DECIMAL(10,2)), CAST(1.23 AS DECIMAL(5,2)) + CAST(4.567 AS DECIMAL(10,3))
SELECT 1 / 0.5D, 0.0D / 1, -0.0D, 1D / 3, 1e10, 1e-7, 123456789.0D, 0.1D + 0.2D, CAST('NaN' AS DOUBLE), CAST('Infinity' AS DOUBLE), -CAST('inf' AS FLOAT)
SELECT abs(-1), abs(-1.5), abs(-2.5D), negative(3), positive(4), -(5), +6, sign(-3), signum(2.5), sign(0)
SELECT try_add(2147483647, 1), try_subtract(-2147483648, 1), try_multiply(2147483647, 2), try_divide(1, 0), try_divide(3, 2), try_mod(3, 0), try_add(1, 2)
SELECT 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 3, -16 >> 2, -16 >>> 28, shiftleft(2, 1), shiftright(4, 1), shiftrightunsigned(4, 1), bit_count(7), bit_count(-1), bit_get(11, 0), getbit(11, 2), 3L & 1
SELECT 1 = 1, 1 == 2, 1 <> 2, 1 != 1, 1 < 2, 2 <= 2, 3 > 4, 4 >= 4, NULL = NULL, NULL <=> NULL, 1 <=> NULL, 1 = '1', 1.0 = 1, 'a' < 'b'
SELECT true AND false, true OR NULL, false AND NULL, NOT true, NOT NULL, true AND NULL, false OR NULL, !false
SELECT 1 BETWEEN 0 AND 2, 3 NOT BETWEEN 0 AND 2, 1 IN (1, 2), 1 IN (2, NULL), 1 NOT IN (2, 3), NULL IN (1), 1 IS NULL, NULL IS NOT NULL, true IS TRUE, NULL IS UNKNOWN, 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL
SELECT CAST('NaN' AS DOUBLE) = CAST('NaN' AS DOUBLE), CAST('NaN' AS DOUBLE) > 1e300, 0.0D = -0.0D, greatest(1, NULL, 3), least(1, NULL, -3), greatest('a', 'b'), isnan(CAST('NaN' AS DOUBLE)), isnan(1D), greatest(1, 2.5D)
SELECT coalesce(NULL, 1, 2), coalesce(NULL, NULL), nvl(NULL, 2), ifnull(1, 2), nvl2(NULL, 1, 2), nullif(1, 1), nullif(1, 2), nanvl(CAST('NaN' AS DOUBLE), 5), if(1 > 2, 'a', 'b'), if(NULL, 1, 2), nullifzero(0), zeroifnull(NULL), zeroifnull(5)
SELECT CASE WHEN 1 > 2 THEN 'a' WHEN 2 > 1 THEN 'b' ELSE 'c' END, CASE 3 WHEN 1 THEN 'one' WHEN 3 THEN 'three' END, CASE WHEN false THEN 1 END, CASE WHEN true THEN 1 ELSE 1.5 END
SELECT round(2.5, 0), round(2.567, 2), round(-2.5), round(25, -1), round(2.5D), round(-2.5D), round(1234.5678D, -2), round(2.675D, 2), bround(2.5, 0), bround(3.5D), bround(25, -1), round(CAST(1.5 AS FLOAT))
SELECT ceil(-0.1), ceil(5), ceil(3.1411, 3), ceil(3.1411, -3), floor(-0.1), floor(5.9D), floor(3.1411, 3), ceiling(1.0001D), floor(-1.5D), ceil(CAST(12.345 AS DECIMAL(10,2))), rint(2.5D), rint(3.5D)
SELECT sqrt(4), sqrt(-1), cbrt(27.0), exp(0), expm1(0), ln(1), log(10, 100), log10(10), log2(8), log1p(0), ln(0), log(-1), log2(0)
SELECT sin(0), cos(0), tan(0), asin(0), acos(1), atan(0), atan2(0, 1), sinh(0), cosh(0), tanh(0), asinh(0), acosh(1), atanh(0), cot(1), sec(0), csc(1), degrees(3.141592653589793), radians(180), hypot(3, 4), pi(), e()
SELECT pow(2, 3), power(2D, 0.5), pow(0, 0), factorial(5), factorial(21), factorial(-1), bin(13), bin(-13), conv('100', 2, 10), conv(-10, 16, -10), conv('zz', 36, 10), conv('', 10, 16), conv('9223372036854775807', 10, 16)
SELECT width_bucket(5.3, 0.2, 10.6, 5), width_bucket(-2.1, 1.3, 3.4, 3), width_bucket(8.1, 0.0, 5.7, 4), width_bucket(-0.9, 5.2, 0.5, 2)
SELECT rand(0), randn(0), rand(42) < 1
SELECT 2147483647 + 1
SELECT -2147483648 - 1
SELECT 9223372036854775807 * 2
SELECT 1 / 0
SELECT 1.0 / 0
SELECT 1 div 0
SELECT 1 % 0
SELECT 127Y + 1Y
SELECT abs(-128Y)
SELECT -(-32768S)
SELECT CAST(99999999999999999999999999999999999999 AS DECIMAL(38,0)) + 1
SELECT 1 + 'a'
SELECT 1 + true
SELECT DATE'2020-01-01' + 1, DATE'2020-01-10' - DATE'2020-01-01', DATE'2020-01-31' + INTERVAL '1' MONTH, TIMESTAMP'2020-01-01 00:00:00' + INTERVAL '1' DAY, INTERVAL '1' DAY * 2, INTERVAL '2' YEAR / 2, -INTERVAL '1' DAY
