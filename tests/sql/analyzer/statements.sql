-- One statement a line. Those that start with CREATE set the stage; the others are asked of Spark for their schema or error.
CREATE OR REPLACE TEMPORARY VIEW emp AS SELECT * FROM VALUES (1, 'ann', 10, 100.50, DATE'2020-01-01'), (2, 'bob', 20, 80.25, DATE'2021-05-06'), (3, CAST(NULL AS STRING), 10, 70.00, CAST(NULL AS DATE)) AS emp(id, name, dept, salary, hired)
CREATE OR REPLACE TEMPORARY VIEW dept AS SELECT * FROM VALUES (10, 'sales'), (20, 'it'), (30, 'hr') AS dept(id, title)
CREATE OR REPLACE TEMPORARY VIEW nested AS SELECT 1 AS k, named_struct('f', 1, 'g', named_struct('h', 'x')) AS s, array(1, 2) AS a, map('k', 1) AS m, array(named_struct('f', 1)) AS sa
CREATE OR REPLACE TEMPORARY VIEW nums AS SELECT CAST(1 AS TINYINT) AS t, CAST(1 AS SMALLINT) AS s, 1 AS i, 1L AS l, CAST(1 AS FLOAT) AS f, 1D AS d, 1.25 AS dec, '1' AS str, true AS b
SELECT * FROM emp
SELECT emp.* FROM emp
SELECT e.* FROM emp AS e
SELECT emp.* FROM emp AS e
SELECT id, NAME, Dept FROM emp
SELECT nam FROM emp
SELECT e.nam FROM emp e
SELECT salry FROM emp
SELECT x
SELECT emp.id FROM emp e
SELECT id FROM emp, dept
SELECT emp.id, dept.id FROM emp, dept
SELECT * FROM emp JOIN dept ON emp.dept = dept.id
SELECT * FROM emp LEFT JOIN dept ON emp.dept = dept.id
SELECT * FROM emp RIGHT JOIN dept ON emp.dept = dept.id
SELECT * FROM emp FULL JOIN dept ON emp.dept = dept.id
SELECT * FROM emp LEFT SEMI JOIN dept ON emp.dept = dept.id
SELECT * FROM emp LEFT ANTI JOIN dept ON emp.dept = dept.id
SELECT * FROM emp JOIN dept USING (id)
SELECT * FROM emp LEFT JOIN dept USING (id)
SELECT * FROM emp RIGHT JOIN dept USING (id)
SELECT * FROM emp FULL JOIN dept USING (id)
SELECT emp.id, dept.id FROM emp JOIN dept USING (id)
SELECT dept.* FROM emp JOIN dept USING (id)
SELECT * FROM emp NATURAL JOIN dept
SELECT * FROM emp JOIN dept USING (nothing)
SELECT * FROM emp JOIN dept ON 1
SELECT * FROM emp WHERE 1
SELECT * FROM emp WHERE sum(id) > 1
SELECT * FROM nowhere
SELECT * FROM a.b.c
SELECT s.f, s.g.h, s['f'], a[0], m['k'], m.k, sa.f FROM nested
SELECT s.zz FROM nested
SELECT k.f FROM nested
SELECT k[0] FROM nested
SELECT a['x'] FROM nested
SELECT s.* FROM nested
SELECT nested.s.* FROM nested
SELECT a.* FROM nested
SELECT * EXCEPT (id) FROM emp
SELECT * EXCEPT (zz) FROM emp
SELECT * EXCEPT (s.f) FROM nested
SELECT 1 + 1, 'a' || 'b', 1.5 * 2, -id, NOT true FROM emp
SELECT id + 1 AS x, x + 1 AS y FROM emp
SELECT id AS x, id AS x, x FROM emp
SELECT CAST(id AS STRING), CAST(id + 1 AS STRING), id::bigint FROM emp
SELECT CASE WHEN id = 1 THEN 'a' ELSE 'b' END, CASE id WHEN 1 THEN 1 WHEN 2 THEN 2.5 END FROM emp
SELECT CASE WHEN id THEN 1 END FROM emp
SELECT CASE WHEN true THEN 1 ELSE array(1) END
SELECT coalesce(name, 'x'), coalesce(id, 1.5), if(id = 1, 1, 2L) FROM emp
SELECT id IN (1, 2), name IN ('a'), id IN (1, 2.5) FROM emp
SELECT id IN (array(1)) FROM emp
SELECT t + s, s + i, i + l, l + f, f + d, d + dec, dec + i, i + str, t * t, i / i, i % l, dec * dec, dec / dec FROM nums
SELECT t + b FROM nums
SELECT i = str, dec = d, str = b, l > dec, i <=> NULL FROM nums
SELECT b = i FROM nums
SELECT b AND i FROM nums
SELECT -str, abs(i), abs(dec) FROM nums
SELECT upper(1), length(12), substring('abc', 1)
SELECT upper()
SELECT upper(1, 2)
SELECT nosuchfunction(1)
SELECT uper('x')
SELECT count(*), count(id), count(DISTINCT id), sum(id), avg(id), min(name), max(salary) FROM emp
SELECT dept, count(*) FROM emp GROUP BY dept
SELECT dept, name FROM emp GROUP BY dept
SELECT dept, count(*) FROM emp
SELECT dept, sum(salary) AS total FROM emp GROUP BY 1
SELECT dept, sum(salary) AS total FROM emp GROUP BY 3
SELECT dept, sum(salary) AS total FROM emp GROUP BY 2
SELECT dept AS d, sum(salary) FROM emp GROUP BY d
SELECT dept + 1, sum(salary) FROM emp GROUP BY dept + 1
SELECT dept + 2, sum(salary) FROM emp GROUP BY dept + 1
SELECT dept, sum(salary) FROM emp GROUP BY ALL
SELECT dept, name, count(*) FROM emp GROUP BY ALL
SELECT dept + count(*) FROM emp GROUP BY ALL
SELECT sum(sum(id)) FROM emp
SELECT sum(id) FROM emp GROUP BY sum(id)
SELECT dept, sum(salary) FROM emp GROUP BY dept HAVING sum(salary) > 100
SELECT dept FROM emp GROUP BY dept HAVING count(*) > 1 ORDER BY sum(salary)
SELECT dept FROM emp GROUP BY dept ORDER BY name
SELECT dept AS d FROM emp GROUP BY dept HAVING d > 1
SELECT 1 FROM emp HAVING count(*) > 1
SELECT dept, count(*) FROM emp GROUP BY ROLLUP (dept)
SELECT dept, name, grouping(dept), grouping_id(), count(*) FROM emp GROUP BY CUBE (dept, name)
SELECT dept, name, count(*) FROM emp GROUP BY GROUPING SETS ((dept), (name), ())
SELECT dept, grouping(id) FROM emp GROUP BY CUBE (dept)
SELECT dept, grouping(dept) FROM emp GROUP BY dept
SELECT count(*) FILTER (WHERE id > 1), sum(DISTINCT id) FILTER (WHERE id > 1) FROM emp
SELECT count(*) FILTER (WHERE id) FROM emp
SELECT upper(DISTINCT name) FROM emp
SELECT id FROM emp ORDER BY salary
SELECT id FROM emp ORDER BY 1
SELECT id FROM emp ORDER BY 2
SELECT id, name FROM emp ORDER BY ALL
SELECT id FROM emp ORDER BY nothing
SELECT DISTINCT dept FROM emp ORDER BY dept
SELECT DISTINCT dept FROM emp ORDER BY id
SELECT id AS x FROM emp ORDER BY x, salary
SELECT m FROM nested ORDER BY m
SELECT id FROM emp LIMIT 1
SELECT id FROM emp LIMIT id
SELECT id FROM emp LIMIT -1
SELECT id FROM emp LIMIT 'a'
SELECT id FROM emp LIMIT NULL
SELECT id FROM emp LIMIT 1 OFFSET 2
SELECT id, row_number() OVER (PARTITION BY dept ORDER BY salary) AS rn FROM emp
SELECT rank() OVER (ORDER BY salary), dense_rank() OVER (ORDER BY salary), sum(salary) OVER (PARTITION BY dept), lag(id) OVER (ORDER BY id), ntile(2) OVER (ORDER BY id) FROM emp
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp
SELECT sum(id) OVER w, avg(salary) OVER w FROM emp WINDOW w AS (PARTITION BY dept ORDER BY id)
SELECT sum(id) OVER nowindow FROM emp
SELECT row_number() FROM emp
SELECT row_number() OVER () FROM emp
SELECT rank() OVER (PARTITION BY dept) FROM emp
SELECT sum(DISTINCT id) OVER () FROM emp
SELECT upper(name) OVER () FROM emp
SELECT id FROM emp WHERE row_number() OVER (ORDER BY id) = 1
SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM emp
SELECT sum(id) OVER (ORDER BY name RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp
SELECT sum(id) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp
SELECT dept, sum(salary), rank() OVER (ORDER BY sum(salary)) FROM emp GROUP BY dept
SELECT dept, sum(sum(salary)) OVER () FROM emp GROUP BY dept
SELECT id FROM emp QUALIFY row_number() OVER (PARTITION BY dept ORDER BY id) = 1
SELECT id FROM emp UNION ALL SELECT id FROM dept
SELECT id FROM emp UNION SELECT title FROM dept
SELECT id FROM emp UNION ALL SELECT salary FROM emp
SELECT id, name FROM emp UNION ALL SELECT id FROM dept
SELECT a FROM nested UNION ALL SELECT k FROM nested
SELECT id FROM emp INTERSECT SELECT id FROM dept
SELECT id FROM emp EXCEPT SELECT id FROM dept
SELECT name FROM emp EXCEPT ALL SELECT title FROM dept
SELECT id FROM emp UNION SELECT id FROM dept ORDER BY id
SELECT (SELECT max(id) FROM dept), id FROM emp
SELECT (SELECT id, title FROM dept) FROM emp
SELECT * FROM emp WHERE dept IN (SELECT id FROM dept)
SELECT * FROM emp WHERE dept IN (SELECT id, title FROM dept)
SELECT * FROM emp WHERE (dept, name) IN (SELECT id, title FROM dept)
SELECT * FROM emp WHERE dept NOT IN (SELECT title FROM dept)
SELECT * FROM emp WHERE a IN (SELECT a FROM nested)
SELECT * FROM emp WHERE EXISTS (SELECT 1 FROM dept WHERE dept.id = emp.dept)
SELECT (SELECT title FROM dept d WHERE d.id = emp.dept) FROM emp
SELECT id, EXISTS (SELECT 1 FROM dept) FROM emp
WITH c AS (SELECT id FROM emp) SELECT * FROM c
WITH c(x) AS (SELECT id FROM emp) SELECT x FROM c
WITH c(x, y) AS (SELECT id FROM emp) SELECT x FROM c
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a
WITH emp AS (SELECT 1 AS z) SELECT * FROM emp
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
SELECT * FROM VALUES (1, 'a'), (2, NULL)
SELECT * FROM VALUES (1), (2.5), (3L) AS v(x)
SELECT * FROM VALUES (1, 2), (3)
SELECT * FROM VALUES (1), (array(1))
SELECT * FROM (VALUES (1, 2)) AS v(a)
SELECT * FROM (SELECT 1 AS a, 2 AS b) AS v(x, y)
SELECT * FROM (SELECT id FROM emp) WHERE name = 'a'
SELECT * FROM range(5)
SELECT * FROM range(1, 10, 2)
SELECT * FROM range()
SELECT * FROM nosuchtvf(1)
SELECT explode(a) FROM nested
SELECT explode(a) AS x, k FROM nested
SELECT posexplode(a) AS (p, x) FROM nested
SELECT posexplode(a) AS (p, x, y) FROM nested
SELECT explode(m) FROM nested
SELECT explode(a), explode(a) FROM nested
SELECT explode(a) + 1 FROM nested
SELECT explode(k) FROM nested
SELECT k, x FROM nested LATERAL VIEW explode(a) v AS x
SELECT k, v.x FROM nested LATERAL VIEW OUTER explode(a) v AS x
SELECT k, x FROM nested LATERAL VIEW upper(a) v AS x
SELECT k, col FROM nested, LATERAL explode(a)
SELECT * FROM emp, LATERAL (SELECT title FROM dept WHERE dept.id = emp.dept)
SELECT transform(a, x -> x + k), filter(a, x -> x > 1), aggregate(a, 0, (acc, x) -> acc + x) FROM nested
SELECT transform(a, (x, y, z) -> x) FROM nested
SELECT struct(id, name, id + 1) AS s FROM emp
SELECT named_struct('a', 1, 'b', 'x').b
SELECT array(1, 2.5, NULL), map('a', 1, 'b', 2.5), array()
SELECT DATE'2020-01-01' + 1, DATE'2020-01-01' + INTERVAL '1' DAY, DATE'2020-01-02' - DATE'2020-01-01', TIMESTAMP'2020-01-01 00:00:00' + INTERVAL '1' HOUR, INTERVAL '1' YEAR * 2
SELECT current_date, current_timestamp(), current_user
SELECT * FROM (SELECT dept, name, salary FROM emp) PIVOT (sum(salary) FOR name IN ('ann', 'bob' AS b))
SELECT * FROM (SELECT dept, name, salary FROM emp) PIVOT (sum(salary) AS s, count(*) AS c FOR name IN ('ann', 'bob'))
SELECT * FROM (SELECT id, dept, salary FROM emp) UNPIVOT (val FOR col IN (dept, salary))
SELECT * FROM (SELECT id, name, salary FROM emp) UNPIVOT (val FOR col IN (name, salary, id))
SELECT * FROM emp TABLESAMPLE (10 PERCENT)
SELECT * FROM emp TABLESAMPLE (2 ROWS)
SELECT id, first(name) FROM emp GROUP BY id SORT BY id
FROM emp |> WHERE id > 1 |> SELECT id, name
FROM emp |> AGGREGATE sum(salary) AS s GROUP BY dept
FROM emp |> EXTEND id + 1 AS x |> DROP name
SELECT IDENTIFIER('id') FROM IDENTIFIER('emp')
SELECT max(struct(id, name)) FROM emp
SELECT max(m) FROM nested
SELECT rand() AS r, r + 1 AS s
SELECT sum(name) FROM emp
SELECT nullif(id, 1), nvl2(name, 1, 2) FROM emp
SELECT id BETWEEN 1 AND 2, name LIKE 'a%', name IS NULL, salary IS NOT NULL FROM emp
