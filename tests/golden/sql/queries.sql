CREATE OR REPLACE TEMP VIEW emp AS SELECT * FROM VALUES (1, 'Ann', 'eng', 100.0, DATE'2020-01-01'), (2, 'Bob', 'eng', 80.0, DATE'2020-02-01'), (3, 'Cid', 'ops', 70.0, NULL), (4, 'Dee', 'ops', 70.0, DATE'2021-01-01'), (5, 'Eve', NULL, NULL, DATE'2019-06-15'), (6, 'Fay', 'eng', 100.0, DATE'2022-03-03') AS t(id, name, dept, pay, hired)
CREATE OR REPLACE TEMP VIEW dept AS SELECT * FROM VALUES ('eng', 'Engineering'), ('ops', 'Operations'), ('hr', 'People') AS t(code, title)
SELECT * FROM emp ORDER BY id
SELECT id, name AS n, pay * 2 AS double_pay FROM emp WHERE pay > 70 ORDER BY pay DESC, id
SELECT DISTINCT dept FROM emp ORDER BY dept
SELECT dept, count(*), count(pay), sum(pay), avg(pay), min(name), max(hired) FROM emp GROUP BY dept ORDER BY dept
SELECT dept, count(*) AS c FROM emp GROUP BY dept HAVING count(*) > 1 ORDER BY c DESC, dept
SELECT count(*), sum(pay), avg(pay), max(pay) FROM emp WHERE id > 100
SELECT dept, count(DISTINCT pay), sum(DISTINCT pay), count(*) FILTER (WHERE pay > 75) FROM emp GROUP BY 1 ORDER BY 1 NULLS LAST
SELECT dept AS d, max(pay) FROM emp GROUP BY d ORDER BY max(pay) DESC NULLS LAST, d
SELECT dept, name, count(*) FROM emp GROUP BY ALL ORDER BY ALL
SELECT dept, pay, count(*), grouping(dept), grouping_id() FROM emp GROUP BY ROLLUP (dept, pay) ORDER BY 1, 2, 3, 4, 5
SELECT dept, pay, count(*) FROM emp GROUP BY CUBE (dept, pay) ORDER BY 1, 2, 3
SELECT dept, pay, count(*) FROM emp GROUP BY GROUPING SETS ((dept), (pay), ()) ORDER BY 1, 2, 3
SELECT e.name, d.title FROM emp e JOIN dept d ON e.dept = d.code ORDER BY e.id
SELECT e.name, d.title FROM emp e LEFT JOIN dept d ON e.dept = d.code ORDER BY e.id
SELECT e.name, d.title FROM emp e RIGHT JOIN dept d ON e.dept = d.code ORDER BY d.code, e.id
SELECT e.name, d.title FROM emp e FULL OUTER JOIN dept d ON e.dept = d.code ORDER BY d.code, e.id
SELECT name FROM emp e LEFT SEMI JOIN dept d ON e.dept = d.code ORDER BY name
SELECT name FROM emp e LEFT ANTI JOIN dept d ON e.dept = d.code ORDER BY name
SELECT count(*) FROM emp CROSS JOIN dept
SELECT a.name, b.name FROM emp a JOIN emp b ON a.pay = b.pay AND a.id < b.id ORDER BY 1, 2
SELECT a.name, b.name FROM emp a LEFT JOIN emp b ON a.pay < b.pay AND a.dept = b.dept ORDER BY 1, 2
SELECT * FROM (SELECT 1 AS k, 'a' AS x) JOIN (SELECT 1 AS k, 'b' AS y) USING (k)
SELECT * FROM (SELECT 1 AS k, 'a' AS x) NATURAL JOIN (SELECT 1 AS k, 'b' AS y)
SELECT a.id, b.id FROM emp a JOIN emp b ON a.id + 1 = b.id WHERE a.dept <=> b.dept ORDER BY a.id
SELECT name FROM emp WHERE dept IN (SELECT code FROM dept) ORDER BY name
SELECT name FROM emp WHERE dept NOT IN (SELECT code FROM dept WHERE code = 'eng') ORDER BY name
SELECT name FROM emp WHERE dept NOT IN (SELECT CAST(NULL AS STRING)) ORDER BY name
SELECT name FROM emp e WHERE EXISTS (SELECT 1 FROM dept d WHERE d.code = e.dept) ORDER BY name
SELECT name FROM emp e WHERE NOT EXISTS (SELECT 1 FROM dept d WHERE d.code = e.dept) ORDER BY name
SELECT name, (SELECT title FROM dept d WHERE d.code = e.dept) FROM emp e ORDER BY name
SELECT name FROM emp e WHERE pay = (SELECT max(pay) FROM emp i WHERE i.dept = e.dept) ORDER BY name
SELECT name, (SELECT count(*) FROM emp i WHERE i.dept = e.dept AND i.pay > e.pay) AS better FROM emp e ORDER BY name
SELECT (SELECT max(pay) FROM emp), 1 IN (SELECT id FROM emp), EXISTS (SELECT 1 FROM emp WHERE id = 99)
SELECT name, pay IN (SELECT pay FROM emp WHERE id > 2) FROM emp ORDER BY id
SELECT dept, sum(pay) FROM emp GROUP BY dept HAVING sum(pay) > (SELECT avg(pay) FROM emp) ORDER BY dept
WITH a AS (SELECT id FROM emp WHERE id < 3), b AS (SELECT id + 10 AS id FROM a) SELECT * FROM a UNION ALL SELECT * FROM b ORDER BY id
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT sum(n), count(*) FROM r
SELECT id FROM emp UNION SELECT id FROM emp ORDER BY id LIMIT 3
SELECT dept FROM emp INTERSECT SELECT code FROM dept ORDER BY dept
SELECT dept FROM emp EXCEPT SELECT code FROM dept ORDER BY dept
SELECT dept FROM emp INTERSECT ALL SELECT dept FROM emp WHERE id < 3 ORDER BY dept
SELECT dept FROM emp EXCEPT ALL SELECT dept FROM emp WHERE id < 3 ORDER BY dept
SELECT 1 AS a UNION ALL SELECT 2.5 ORDER BY a
SELECT id FROM emp ORDER BY id DESC LIMIT 2 OFFSET 1
SELECT name FROM emp ORDER BY pay ASC NULLS LAST, name DESC
SELECT name FROM emp ORDER BY hired DESC NULLS FIRST, id LIMIT 3
SELECT name, row_number() OVER (PARTITION BY dept ORDER BY pay DESC, id) AS rn, rank() OVER (PARTITION BY dept ORDER BY pay DESC) AS rk, dense_rank() OVER (ORDER BY pay) AS dr FROM emp ORDER BY id
SELECT id, sum(pay) OVER (ORDER BY id), sum(pay) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), avg(pay) OVER (PARTITION BY dept), count(*) OVER () FROM emp ORDER BY id
SELECT id, lag(name) OVER (ORDER BY id), lead(name, 2, 'none') OVER (ORDER BY id), first_value(name) OVER (PARTITION BY dept ORDER BY id), last_value(name) OVER (PARTITION BY dept ORDER BY id), nth_value(name, 2) OVER (PARTITION BY dept ORDER BY id) FROM emp ORDER BY id
SELECT id, ntile(2) OVER (ORDER BY id), percent_rank() OVER (ORDER BY pay), cume_dist() OVER (ORDER BY pay) FROM emp ORDER BY id
SELECT id, sum(pay) OVER (ORDER BY pay RANGE BETWEEN 20 PRECEDING AND CURRENT ROW), max(pay) OVER w FROM emp WINDOW w AS (PARTITION BY dept ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) ORDER BY id
SELECT id, count(*) OVER (ORDER BY hired RANGE BETWEEN INTERVAL 1 YEAR PRECEDING AND CURRENT ROW) FROM emp WHERE hired IS NOT NULL ORDER BY id
SELECT dept, sum(sum(pay)) OVER (ORDER BY dept) FROM emp GROUP BY dept ORDER BY dept
SELECT name FROM emp QUALIFY row_number() OVER (PARTITION BY dept ORDER BY id) = 1 ORDER BY name
SELECT * FROM (SELECT dept, pay FROM emp) PIVOT (count(*) AS c, sum(pay) AS s FOR dept IN ('eng' AS e, 'ops' AS o)) ORDER BY 1
SELECT * FROM VALUES (1, 10, 20) AS t(id, a, b) UNPIVOT (v FOR k IN (a, b)) ORDER BY k
SELECT * FROM VALUES (1, 10, NULL) AS t(id, a, b) UNPIVOT INCLUDE NULLS (v FOR k IN (a AS x, b AS y)) ORDER BY k
SELECT t.id, u.x FROM emp t, LATERAL (SELECT t.id * 10 AS x) u WHERE t.id < 3 ORDER BY 1
SELECT id, a, a + 1 AS b FROM (SELECT id, id * 2 AS a FROM emp) WHERE id < 3 ORDER BY id
SELECT id * 2 AS x, x + 1 AS y FROM emp WHERE id < 3 ORDER BY id
SELECT * EXCEPT (pay, hired) FROM emp WHERE id = 1
SELECT emp.* FROM emp WHERE id = 2
SELECT * FROM range(3)
SELECT * FROM range(1, 10, 3)
SELECT * FROM VALUES (1, 'a'), (2, NULL) AS t(x, y) ORDER BY x
FROM emp |> WHERE id > 4 |> SELECT id, name |> ORDER BY id
FROM emp |> AGGREGATE count(*) AS c GROUP BY dept |> ORDER BY dept
SELECT min_by(name, pay), max_by(name, id), collect_list(id), sort_array(collect_set(dept)), any_value(1), count_if(pay > 75), bool_and(id > 0), some(id > 5), every(id > 1), first(name), last(name) FROM (SELECT * FROM emp ORDER BY id)
SELECT stddev(pay), stddev_pop(pay), variance(pay), var_pop(pay), corr(id, pay), covar_pop(id, pay), covar_samp(id, pay), skewness(pay), kurtosis(pay), regr_slope(pay, id), regr_count(pay, id) FROM emp
SELECT percentile(pay, 0.5), median(pay), percentile_approx(pay, 0.5), approx_count_distinct(dept), percentile_cont(0.25) WITHIN GROUP (ORDER BY pay), percentile_disc(0.25) WITHIN GROUP (ORDER BY pay), mode(pay), bit_and(id), bit_or(id), bit_xor(id) FROM emp
SELECT listagg(name, ',') WITHIN GROUP (ORDER BY id), string_agg(dept, '|') WITHIN GROUP (ORDER BY dept), sum(id), try_sum(id), avg(id), try_avg(id), mean(id), std(id) FROM emp
SELECT sum(x) FROM VALUES (9223372036854775807), (1) AS t(x)
SELECT try_sum(x) FROM VALUES (9223372036854775807), (1) AS t(x)
SELECT nosuch FROM emp
SELECT id FROM nosuch
SELECT nosuch(1)
SELECT dept, name FROM emp GROUP BY dept
SELECT sum(sum(pay)) FROM emp
SELECT id FROM emp WHERE sum(pay) > 1
SELECT (SELECT id FROM emp)
SELECT a.id FROM emp a JOIN emp b ON a.id = b.id WHERE id > 1
SELECT id FROM emp UNION SELECT id, name FROM emp
SELECT 1 FROM emp GROUP BY 5
SELECT id FROM emp ORDER BY 7
SELECT id FROM emp LIMIT -1
SELECT rank() FROM emp
SELECT upper(name, 1) FROM emp
SELEC 1
SELECT 1 +
SELECT * FROM emp WHERE
SELECT 'unclosed
