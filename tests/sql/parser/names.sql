-- Queries whose column names are compared with Spark's, one a line; \n, \t and \\ are escapes of this file.
SELECT a + 1, a - b, a * b, a / b, a % b, a DIV b FROM VALUES (1, 2) AS t(a, b)
SELECT -a, +a, ~a, - -a, -(-1), -1, - 1, +1, -1.5, 1 -1, -2147483648 FROM VALUES (1) AS t(a)
SELECT NOT a, !a, a AND b, a OR b, NOT a AND b, a AND b AND a, a OR b OR a AND b FROM VALUES (true, false) AS t(a, b)
SELECT a = 1, a == 1, a <=> 1, a <> 1, a != 1, a < 1, a <= 1, a > 1, a >= 1 FROM VALUES (1) AS t(a)
SELECT a & 1, a | 1, a ^ 1, a << 1, a >> 1, a >>> 1 FROM VALUES (1) AS t(a)
SELECT a || b, a || b || a, 'x' || 'y' FROM VALUES ('a', 'b') AS t(a, b)
SELECT a LIKE 'x%', a NOT LIKE 'x', a LIKE 'x' ESCAPE '/', a ILIKE 'x', a NOT ILIKE 'x', a RLIKE 'x', a REGEXP 'x', a NOT RLIKE 'x' FROM VALUES ('a') AS t(a)
SELECT a LIKE ANY ('x', 'y'), a LIKE ALL ('x', 'y'), a NOT LIKE ANY ('x'), a NOT LIKE ALL ('x', 'y'), a LIKE SOME ('x') FROM VALUES ('a') AS t(a)
SELECT a ILIKE ANY ('x', 'y'), a ILIKE ALL ('x', 'y'), a NOT ILIKE ANY ('x'), a NOT ILIKE ALL ('x', 'y') FROM VALUES ('a') AS t(a)
SELECT a LIKE ANY ('x', b), a LIKE ALL (b, 'y') FROM VALUES ('a', 'b') AS t(a, b)
SELECT a IN (1, 2), a NOT IN (1, 2), a IN (b), (a, b) IN ((1, 2), (3, 4)), a IN (1) FROM VALUES (1, 2) AS t(a, b)
SELECT a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2, between(a, 1, 2) FROM VALUES (1) AS t(a)
SELECT a IS NULL, a IS NOT NULL, isnull(a), isnotnull(a) FROM VALUES (1) AS t(a)
SELECT a IS TRUE, a IS NOT TRUE, a IS FALSE, a IS NOT FALSE, a IS UNKNOWN, a IS NOT UNKNOWN FROM VALUES (true) AS t(a)
SELECT a IS DISTINCT FROM 1, a IS NOT DISTINCT FROM 1 FROM VALUES (1) AS t(a)
SELECT CASE WHEN a > 1 THEN 2 ELSE 3 END, CASE WHEN a > 1 THEN 2 END, CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' ELSE 'z' END FROM VALUES (1) AS t(a)
SELECT CAST(a AS INT), CAST(a AS STRING), CAST(a AS DECIMAL(10, 2)), CAST(a AS DATE), CAST(a AS BIGINT), TRY_CAST(a AS INT), a::int, a::double::string FROM VALUES ('1') AS t(a)
SELECT CAST(a AS ARRAY<INT>), CAST(b AS STRUCT<x: INT, y: STRING>), CAST(c AS MAP<STRING, INT>) FROM VALUES (array(1), struct(1, 'a'), map('k', 1)) AS t(a, b, c)
SELECT CAST('1' AS VARCHAR(10)), CAST('1' AS CHAR(3)), CAST('1' AS TIMESTAMP_NTZ), CAST('1' AS INTERVAL DAY TO SECOND), CAST('1' AS BINARY), CAST(1 AS TINYINT), CAST(1 AS SMALLINT), CAST(1 AS FLOAT), CAST(1 AS BOOLEAN)
SELECT int(a), string(a), bigint(a), double(a), date(a), decimal(a), boolean(a), timestamp(a), tinyint(a), float(a), smallint(a), binary(a) FROM VALUES ('1') AS t(a)
SELECT 1, 1L, 1S, 1Y, 1.5, 1.50, 1e2, 1E-3, 1.5D, 1.5F, 1.5BD, 1e3BD, .5, 5., 1BD, 1D, 1F
SELECT 'abc', "abc", 'a''b', 'a\\nb', r'a\\nb', 'a' 'b', '', ' x ', X'1Cff', x'', true, FALSE, NULL
SELECT 99999999999, 99999999999999999999, 123456789012345678901234567890.12, 9223372036854775807, 2147483648
SELECT DATE '2020-01-02', DATE'2020-1-2', TIMESTAMP '2020-01-02 03:04:05', TIMESTAMP '2020-01-02 03:04:05.123400', TIMESTAMP_NTZ '2020-01-02 03:04:05', TIMESTAMP_LTZ '2020-01-02 03:04:05', TIMESTAMP '2020-01-02T03:04:05+02:00', TIMESTAMP '2020-01-02', DATE '2020'
SELECT TIME '01:02:03', TIME '01:02:03.5'
SELECT INTERVAL '1' YEAR, INTERVAL '1-2' YEAR TO MONTH, INTERVAL '3' MONTH, INTERVAL '1' DAY, INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL '5' HOUR, INTERVAL '10:20' HOUR TO MINUTE, INTERVAL '30' SECOND, INTERVAL '1.5' SECOND, INTERVAL '1 2' DAY TO HOUR, INTERVAL '1:2:3' HOUR TO SECOND, INTERVAL '1:2' MINUTE TO SECOND, INTERVAL '2' MINUTE, INTERVAL '1 02:03' DAY TO MINUTE
SELECT INTERVAL 1 YEAR, INTERVAL 1 YEAR 2 MONTHS, INTERVAL 1 DAY, INTERVAL 2 WEEKS, INTERVAL 1 DAY 2 HOURS 3 MINUTES 4.5 SECONDS, INTERVAL '1 day 2 hours', INTERVAL '1 year', INTERVAL -1 DAY, INTERVAL '-1' DAY, INTERVAL -'1' DAY, - INTERVAL 1 DAY
SELECT INTERVAL 5 MILLISECONDS, INTERVAL 5 MICROSECONDS, INTERVAL '-1-2' YEAR TO MONTH, INTERVAL -'1-2' YEAR TO MONTH, INTERVAL '-1 02:03:04' DAY TO SECOND
SELECT current_date - INTERVAL 1 DAY IS NULL, DATE '2020-01-02' + INTERVAL 1 DAY, DATE '2020-01-02' + 1, DATE '2020-01-02' - DATE '2020-01-01', DATE '2020-01-01' - 1
SELECT TIMESTAMP '2020-01-02 00:00:00' + INTERVAL 1 DAY, TIMESTAMP '2020-01-02 00:00:00' - INTERVAL '1' MONTH, TIMESTAMP '2020-01-02 00:00:00' - TIMESTAMP '2020-01-01 00:00:00', INTERVAL 1 DAY * 2, 2 * INTERVAL 1 DAY, INTERVAL 1 DAY / 2
SELECT count(*), count(1), count(a), count(DISTINCT a), count(DISTINCT a, b), count(a, b), COUNT(*) + 1 FROM VALUES (1, 2) AS t(a, b)
SELECT sum(a), SUM(DISTINCT a), avg(a), mean(a), min(a), max(a), first(a), last(a), first_value(a), last_value(a), any_value(a), first(a) IGNORE NULLS, first(a, true), last_value(a) IGNORE NULLS FROM VALUES (1) AS t(a)
SELECT sum(a) FILTER (WHERE a > 1), count(*) FILTER (WHERE a > 1 AND a < 3), count(DISTINCT a) FILTER (WHERE a > 1) FROM VALUES (1) AS t(a)
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), percentile_disc(0.5) WITHIN GROUP (ORDER BY a DESC), mode() WITHIN GROUP (ORDER BY a) FROM VALUES (1) AS t(a)
SELECT listagg(b, ',') WITHIN GROUP (ORDER BY b), listagg(b), string_agg(b, ',') , listagg(DISTINCT b) FROM VALUES (1, 'x') AS t(a, b)
SELECT stddev(a), std(a), stddev_samp(a), stddev_pop(a), variance(a), var_samp(a), var_pop(a), corr(a, b), covar_pop(a, b), collect_list(a), collect_set(a), array_agg(a), approx_count_distinct(a), percentile(a, 0.5), approx_percentile(a, 0.5), percentile_approx(a, 0.5), median(a), bool_and(a > 1), every(a > 1), bool_or(a > 1), some(a > 1), any(a > 1), count_if(a > 1), max_by(a, b), min_by(a, b), skewness(a), kurtosis(a), mode(a) FROM VALUES (1, 2) AS t(a, b)
SELECT row_number() OVER (PARTITION BY a ORDER BY b), rank() OVER (ORDER BY b DESC), dense_rank() OVER (ORDER BY a, b NULLS LAST), sum(a) OVER (), sum(a) OVER (PARTITION BY a), sum(a) OVER (ORDER BY b) FROM VALUES (1, 2) AS t(a, b)
SELECT sum(a) OVER (PARTITION BY a ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING), sum(a) OVER (ORDER BY b ROWS 3 PRECEDING), sum(a) OVER (ORDER BY b RANGE BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING), sum(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING), sum(a) OVER (ORDER BY b RANGE CURRENT ROW) FROM VALUES (1, 2) AS t(a, b)
SELECT lag(a) OVER (ORDER BY b), lag(a, 2) OVER (ORDER BY b), lead(a, 1, 0) OVER (ORDER BY b), lag(a) IGNORE NULLS OVER (ORDER BY b), nth_value(a, 2) OVER (ORDER BY b), ntile(4) OVER (ORDER BY b), percent_rank() OVER (ORDER BY b), cume_dist() OVER (ORDER BY b), first_value(a) OVER (ORDER BY b), nth_value(a, 2) IGNORE NULLS OVER (ORDER BY b), lag(a) RESPECT NULLS OVER (ORDER BY b) FROM VALUES (1, 2) AS t(a, b)
SELECT sum(a) OVER w, count(*) OVER (w) FROM VALUES (1, 2) AS t(a, b) WINDOW w AS (PARTITION BY a)
SELECT count(*) FILTER (WHERE a > 1) OVER (ORDER BY b), avg(a) OVER (ORDER BY b RANGE BETWEEN INTERVAL 1 DAY PRECEDING AND CURRENT ROW) FROM VALUES (1, DATE '2020-01-01') AS t(a, b)
SELECT transform(a, x -> x + 1), filter(a, x -> x > 1), transform(a, (x, i) -> x + i), aggregate(a, 0, (acc, x) -> acc + x), exists(a, x -> x IS NULL), zip_with(a, a, (x, y) -> x * y), array_sort(a, (l, r) -> l - r), reduce(a, 0, (acc, x) -> acc + x, acc -> acc * 10), forall(a, x -> x > 0) FROM VALUES (array(1)) AS t(a)
SELECT transform(a, x -> transform(a, y -> x + y + b)) FROM VALUES (array(1), 2) AS t(a, b)
SELECT map_filter(m, (k, v) -> k > v), transform_keys(m, (k, v) -> k + 1), transform_values(m, (k, v) -> v), map_zip_with(m, m, (k, v1, v2) -> v1 + v2) FROM VALUES (map(1, 2)) AS t(m)
SELECT named_struct('x', 1, 'y', 'z'), struct(a, b), struct(a AS x, b + 1), (a, b), (1, 'x'), struct(1, 2), struct(t.a) FROM VALUES (1, 2) AS t(a, b)
SELECT s.x, t.s.x, s.x + 1, (s).x, s['x'], named_struct('x', 1).x, struct(1 AS q).q FROM VALUES (named_struct('x', 1)) AS t(s)
SELECT arr[0], arr[0] + 1, m['k'], m['k'][0], arr[i], array(1, 2)[0], nested[0].x, nested.x FROM VALUES (array(1), map('k', array(1)), 0, array(named_struct('x', 1))) AS t(arr, m, i, nested)
SELECT t.a, a AS x, a y, a AS `x y`, `a` FROM VALUES (1) AS t(a)
SELECT *, t.*, t.* EXCEPT (a), * EXCEPT (b) FROM VALUES (1, 2) AS t(a, b)
SELECT upper(a), UCASE(a), Lower(a), lcase(a), substr(a, 1, 2), substring(a, 1), length(a), char_length(a), character_length(a), len(a), trim(a), ltrim(a), rtrim(a), concat(a, 'x'), replace(a, 'x', 'y') FROM VALUES ('a') AS t(a)
SELECT SUBSTRING(a FROM 1 FOR 2), SUBSTRING(a FROM 1), SUBSTR(a FROM 2), TRIM(BOTH FROM a), TRIM(LEADING 'x' FROM a), TRIM(TRAILING 'x' FROM a), TRIM('x' FROM a), TRIM(BOTH 'x' FROM a), TRIM(LEADING FROM a), TRIM(TRAILING FROM a), POSITION('x' IN a), position('x', a), OVERLAY(a PLACING 'x' FROM 1), OVERLAY(a PLACING 'x' FROM 1 FOR 2), overlay(a, 'x', 1), btrim(a), ltrim('x', a), trim(a, 'x') FROM VALUES ('a') AS t(a)
SELECT EXTRACT(YEAR FROM d), EXTRACT(day FROM d), extract(SECONDS FROM d), date_part('YEAR', d), datepart('month', d), year(d), month(d), day(d), dayofmonth(d), EXTRACT(DOW FROM d), extract(WEEK FROM d) FROM VALUES (DATE '2020-01-01') AS t(d)
SELECT TIMESTAMPADD(DAY, 1, d), TIMESTAMPDIFF(HOUR, d, d), DATEADD(MONTH, 1, d), DATEDIFF(DAY, d, d), date_add(YEAR, 1, d), dateadd(d, 1), datediff(d, d), date_diff(DAY, d, d), date_add(d, 1), date_sub(d, 1) FROM VALUES (TIMESTAMP '2020-01-01 00:00:00') AS t(d)
SELECT ceil(a), floor(a), ceiling(a), CEIL(a, 1), round(a), round(a, 1), bround(a) FROM VALUES (1.5) AS t(a)
SELECT CURRENT_DATE, CURRENT_TIMESTAMP, CURRENT_USER, USER, SESSION_USER, CURRENT_DATE(), current_timestamp(), now(), current_database(), current_schema(), current_catalog(), current_timezone(), curdate(), user(), CURRENT_TIME, localtimestamp()
SELECT if(a > 1, 2, 3), IF(true, 1, 2), coalesce(a, 1), nvl(a, 1), ifnull(a, 1), nvl2(a, 1, 2), nullif(a, 1), nanvl(a, 1), greatest(a, 1), least(a, 2), abs(a), negative(a), positive(a), sign(a), signum(a), mod(a, 2), pmod(a, 2), power(a, 2), pow(a, 2), sqrt(a), exp(a), ln(a), log(a), log(2, a), log10(a) FROM VALUES (1) AS t(a)
SELECT shiftleft(a, 1), shiftright(a, 1), shiftrightunsigned(a, 1), bit_count(a), bit_get(a, 0), getbit(a, 0), try_add(a, 1), try_divide(a, 1), try_subtract(a, 1), try_multiply(a, 1), zeroifnull(a), nullifzero(a), equal_null(a, 1), width_bucket(a, 0, 10, 5) FROM VALUES (1) AS t(a)
SELECT array(1, 2), map('a', 1), array(), map(), array(a, a + 1), array('x', NULL), size(array(1)), cardinality(array(1)), element_at(array(1), 1), sort_array(array(1)), sort_array(array(1), false), array_contains(array(1), 1), get(array(1), 0), sequence(1, 5), explode(array(1)) FROM VALUES (1) AS t(a)
SELECT a COLLATE UTF8_LCASE, collate(a, 'UTF8_LCASE'), a COLLATE UTF8_BINARY = 'x', collation(a) FROM VALUES ('a') AS t(a)
SELECT explode(map('a', 1))
SELECT posexplode(array(1))
SELECT inline(array(struct(1, 'a')))
SELECT stack(2, 1, 2, 3)
SELECT explode(array(1)) AS x
SELECT posexplode(array(1)) AS (p, v)
SELECT json_tuple('{"a":1}', 'a', 'b')
SELECT * FROM range(2)
SELECT * FROM VALUES (1, 2), (3, 4)
SELECT id + 1 FROM range(1)
SELECT (SELECT 1), EXISTS (SELECT 1), 1 IN (SELECT 1), (SELECT max(a) FROM VALUES (1) AS u(a)), NOT EXISTS (SELECT 1), 1 NOT IN (SELECT 2), (1, 2) IN (SELECT 1, 2)
SELECT (SELECT a) + 1 FROM VALUES (1) AS t(a)
SELECT grouping(a), grouping_id(a, b), grouping_id(), a, sum(b) FROM VALUES (1, 2) AS t(a, b) GROUP BY CUBE (a, b)
SELECT a, a + 1 AS x, x + 1 FROM VALUES (1) AS t(a)
SELECT upper(lower('X')), 1 + 2 * 3, (1 + 2) * 3, 1 + 2 + 3, 1 - (2 - 3), 10 / 2 / 5, 2 * (3 + 4) % 5, 1 < 2 AND 2 < 3 OR NOT true, 1 | 2 & 3 ^ 4, NOT 1 = 2, -2 + 3, 1 + -2, a.b.c FROM VALUES (named_struct('b', named_struct('c', 1))) AS t(a)
SELECT 5 BETWEEN 1 AND 10 AND true, NOT 5 BETWEEN 1 AND 10, 1 = 1 = true, 'a' LIKE 'a' AND true, 1 IN (1, 2) OR false, NOT NOT true
SELECT 1 << 2 + 1, 1 + 1 << 2, 5 & 1 << 1, 7 & 3 = 3, 1 || 2 + 3
SELECT date_trunc('MONTH', d), trunc(d, 'MM'), to_date('2020-01-01'), to_date('2020', 'yyyy'), date_format(d, 'yyyy'), to_timestamp('2020-01-01'), unix_timestamp(d), from_unixtime(0), make_date(2020, 1, 1), last_day(d), next_day(d, 'MON'), months_between(d, d), add_months(d, 1), weekday(d), dayname(d), hour(d), to_unix_timestamp(d) FROM VALUES (DATE '2020-01-01') AS t(d)
SELECT window(d, '1 day') FROM VALUES (TIMESTAMP '2020-01-01 00:00:00') AS t(d)
SELECT from_json('{"a":1}', 'a INT'), to_json(named_struct('a', 1)), get_json_object('{"a":1}', '$.a'), from_csv('1', 'a INT'), schema_of_json('{"a":1}'), to_csv(struct(1)), parse_json('{}')
SELECT hash(1), xxhash64(1, 'a'), md5('a'), sha1('a'), sha('a'), sha2('a', 256), crc32('a'), base64('a'), unbase64('YQ=='), hex(1), unhex('1C'), bin(5), conv('1', 10, 2)
SELECT typeof(1), version(), uuid() IS NULL, rand(1), rand(1) > 2, randn(0), spark_partition_id(), monotonically_increasing_id(), input_file_name(), assert_true(true), raise_error('x') IS NULL, current_user()
SELECT regexp_replace('a', 'b', 'c'), regexp_extract('a', 'b', 0), regexp_like('a', 'b'), split('a', ','), initcap('a'), lpad('a', 5, 'x'), repeat('a', 2), reverse('a'), locate('a', 'b'), instr('a', 'b'), format_string('%d', 1), printf('%d', 1), left('abc', 2), right('abc', 2), ascii('a'), chr(65), char(65), concat_ws(',', 'a', 'b'), contains('a', 'b'), startswith('a', 'b'), translate('a', 'b', 'c'), elt(1, 'a'), encode('a', 'utf-8'), decode(X'61', 'utf-8'), decode(1, 1, 'a', 'b')
SELECT sum(a + b) / count(*), sum(a) + sum(b), max(a) - min(a), sum(CASE WHEN a > 1 THEN 1 ELSE 0 END), round(sum(a) * 100.0 / sum(b), 2), cast(sum(a) AS DOUBLE) / 2 FROM VALUES (1, 2) AS t(a, b)
SELECT a + 1.5, a * 2L, a + 1e0, a / 2.0, CAST(a AS DECIMAL(5,1)) + 1, a = '1', a > 1.5, a + b FROM VALUES (1, 1.5) AS t(a, b)
SELECT 'it''s', 'a\\'b', "a\\"b", 'a\\\\b', '\\u0041', '\\x41', '\\101', '\\%', '\\_', 'tab\\there'
SELECT concat('it''s', 'a\\nb'), upper('it''s')
SELECT array(1, 2, 3)[1], map(1, 'a')[1], split('a b', ' ')[0], struct(1, 2).col1, (struct(1 AS x, 2 AS y)).y, array(struct(1 AS x)).x, array(struct(1 AS x))[0].x
SELECT `a b`, t.`a b`, `a b` + 1, `a.b`, `a.b` + 1 FROM VALUES (1, 2) AS t(`a b`, `a.b`)
SELECT a FROM VALUES (1) AS t(a) GROUP BY a HAVING count(*) > 0 ORDER BY 1
SELECT a AS A, A FROM VALUES (1) AS t(a)
SELECT DISTINCT A, a+1 FROM VALUES (1) AS t(a)
SELECT 1 UNION ALL SELECT 2
SELECT sum(DISTINCT a + 1), count(DISTINCT struct(a, b)), count(DISTINCT *) FROM VALUES (1, 2) AS t(a, b)
SELECT sequence(DATE '2020-01-01', DATE '2020-01-03', INTERVAL 1 DAY), date_add(DATE '2020-01-01', 1)
SELECT X'', X'00ff', CAST('a' AS BINARY), 'a' = X'61'
SELECT cast(null as int), NULL::string, NULL + 1, coalesce(NULL, 1), NULL IS NULL
SELECT timestampadd(QUARTER, 1, TIMESTAMP '2020-01-01 00:00:00'), timestampdiff(DAYOFYEAR, d, d) FROM VALUES (TIMESTAMP '2020-01-01 00:00:00') AS t(d)
SELECT 1 AS `a``b`
SELECT a -- comment\n FROM VALUES (1) AS t(a)
SELECT try_element_at(array(1), 1), array_join(array('a'), ','), array_max(array(1)), array_position(array(1), 1), arrays_zip(array(1), array(2)), flatten(array(array(1))), slice(array(1), 1, 1), map_keys(map(1, 2)), map_entries(map(1, 2)), str_to_map('a:1'), map_from_arrays(array(1), array(2)), map_concat(map(1, 2)), array_repeat(1, 2), array_insert(array(1), 1, 2), array_append(array(1), 2)
SELECT a:b FROM VALUES (parse_json('{"b":1}')) AS t(a)
FROM VALUES (1, 2) AS t(a, b) |> SELECT a + 1, b
FROM VALUES (1, 2) AS t(a, b) |> AGGREGATE sum(b), count(*) GROUP BY a
FROM VALUES (1, 2) AS t(a, b) |> EXTEND a + b, a * 2 AS c
FROM VALUES (1, 2) AS t(a, b) |> SET a = b + 1
FROM VALUES (1, 2) AS t(a, b) |> DROP a
FROM VALUES (1, 2) AS t(a, b) |> AS u |> SELECT u.a
SELECT * FROM VALUES (1, 'x', 10), (1, 'y', 20) AS t(id, k, v) PIVOT (sum(v) FOR k IN ('x', 'y'))
SELECT * FROM VALUES (1, 'x', 10), (1, 'y', 20) AS t(id, k, v) PIVOT (sum(v) AS s, max(v) FOR k IN ('x' AS a, 'y'))
SELECT * FROM VALUES (1, 'x', 10) AS t(id, k, v) PIVOT (sum(v) FOR (id, k) IN ((1, 'x'), (2, 'y') AS q))
SELECT * FROM VALUES (1, 2, 3) AS t(id, x, y) UNPIVOT (v FOR n IN (x, y))
SELECT * FROM VALUES (1, 2, 3) AS t(id, x, y) UNPIVOT INCLUDE NULLS ((v, w) FOR n IN ((x, y) AS xy))
SELECT * FROM VALUES (array(1)) AS t(a) LATERAL VIEW explode(a) u AS e
SELECT * FROM VALUES (array(1)) AS t(a) LATERAL VIEW OUTER posexplode(a) AS p, e
SELECT * FROM VALUES (1) AS t(a) JOIN VALUES (1) AS u(a) USING (a)
SELECT * FROM VALUES (1) AS t(a), LATERAL (SELECT a + 1)
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n, n + 1 FROM r
SELECT acos(a), asin(a), atan(a), atan2(a, 1), cos(a), cosh(a), cot(a), csc(a), sec(a), sin(a), sinh(a), tan(a), tanh(a), acosh(a), asinh(a), atanh(a), degrees(a), radians(a), expm1(a), log1p(a), log2(a), cbrt(a), rint(a), hypot(a, 1), pi(), e(), factorial(1), hex(a), isnan(a) FROM VALUES (1) AS t(a)
SELECT CURRENT_DATE, current_timestamp, CURRENT_USER, USER, SESSION_USER
SELECT a.b + a.c, a['b'] + 1, (a.b), -a.b, (SELECT max(a.b)) FROM VALUES (named_struct('b', 1, 'c', 2)) AS t(a)
SELECT case when true then 'a' when false then NULL end, if(true, 'a', NULL), cast('1' AS int) + 1, '1'::int
SELECT try_to_timestamp('x'), try_cast('x' AS int), try_divide(1, 0), array(1.5, 2), named_struct('a', 1 + 1), coalesce(1, 2) + 3
