-- One statement a line; those that start with CREATE set the stage. Rows are compared without regard to their order.
CREATE OR REPLACE TEMPORARY VIEW o AS SELECT * FROM VALUES (1, 10, 5), (2, 20, 7), (3, CAST(NULL AS INT), 1), (4, 10, CAST(NULL AS INT)), (5, 40, 9) AS o(id, k, v)
CREATE OR REPLACE TEMPORARY VIEW i AS SELECT * FROM VALUES (10, 1, 'a'), (10, 2, 'b'), (20, 3, CAST(NULL AS STRING)), (CAST(NULL AS INT), 4, 'd'), (30, CAST(NULL AS INT), 'e') AS i(k, x, s)
CREATE OR REPLACE TEMPORARY VIEW nn AS SELECT * FROM VALUES (1, 10), (2, 20) AS nn(a, b)
SELECT id FROM o WHERE EXISTS (SELECT 1 FROM i WHERE i.k = o.k)
SELECT id FROM o WHERE NOT EXISTS (SELECT 1 FROM i WHERE i.k = o.k)
SELECT id FROM o WHERE k IN (SELECT k FROM i)
SELECT id FROM o WHERE k NOT IN (SELECT k FROM i)
SELECT id FROM o WHERE k NOT IN (SELECT k FROM i WHERE k IS NOT NULL)
SELECT id FROM o WHERE k NOT IN (SELECT k FROM i WHERE false)
SELECT id FROM o WHERE k IN (SELECT k FROM i WHERE i.x < o.id)
SELECT id FROM o WHERE id NOT IN (SELECT x FROM i WHERE i.k = o.k)
SELECT id FROM o WHERE id NOT IN (SELECT x FROM i WHERE i.k = o.k OR i.k IS NULL)
SELECT id, k IN (SELECT k FROM i) AS r FROM o
SELECT id, k NOT IN (SELECT k FROM i) AS r FROM o
SELECT id, k IN (SELECT k FROM i WHERE k IS NOT NULL) AS r FROM o
SELECT id, id IN (SELECT x FROM i WHERE i.k = o.k) AS r FROM o
SELECT id, EXISTS (SELECT 1 FROM i WHERE i.k = o.k) AS r FROM o
SELECT id, EXISTS (SELECT 1 FROM i WHERE i.k > o.k) AS r FROM o
SELECT id FROM o WHERE EXISTS (SELECT 1 FROM i WHERE i.k = o.k) OR id = 3
SELECT id FROM o WHERE (k, id) IN (SELECT k, x FROM i)
SELECT id FROM o WHERE (k, id) NOT IN (SELECT k, x FROM i)
SELECT id, (SELECT max(x) FROM i) AS m FROM o
SELECT id, (SELECT max(x) FROM i WHERE i.k = o.k) AS m FROM o
SELECT id, (SELECT count(*) FROM i WHERE i.k = o.k) AS c FROM o
SELECT id, (SELECT count(x) + 1 FROM i WHERE i.k = o.k) AS c FROM o
SELECT id, (SELECT coalesce(sum(x), 0) FROM i WHERE i.k = o.k) AS c FROM o
SELECT id, (SELECT count(*) FROM i WHERE i.k < o.k) AS c FROM o
SELECT id FROM o WHERE (SELECT count(*) FROM i WHERE i.k = o.k) = 0
SELECT id FROM o WHERE v > (SELECT avg(x) FROM i WHERE i.k = o.k)
SELECT id, (SELECT count(*) FROM i WHERE i.k = o.k HAVING count(*) > 1) AS c FROM o
SELECT id, (SELECT count(*) FROM i WHERE i.k = o.k HAVING count(*) = 0) AS c FROM o
SELECT id, (SELECT s FROM i WHERE i.k = o.k ORDER BY x DESC LIMIT 1) AS s FROM o
SELECT id, (SELECT x FROM i WHERE i.k = o.k ORDER BY x LIMIT 1 OFFSET 1) AS x FROM o
SELECT id, (SELECT DISTINCT k FROM i WHERE i.k = o.k) AS d FROM o
SELECT id, (SELECT o.v + max(x) FROM i WHERE i.k = o.k) AS m FROM o
SELECT id FROM o WHERE EXISTS (SELECT k FROM i WHERE i.k = o.k GROUP BY k HAVING count(*) > 1)
SELECT id FROM o WHERE EXISTS (SELECT count(*) FROM i WHERE i.k = o.k)
SELECT id FROM o WHERE EXISTS (SELECT 1 FROM i WHERE i.k = o.k UNION ALL SELECT 1 FROM nn WHERE nn.a = o.id)
SELECT id FROM o WHERE EXISTS (SELECT 1 FROM i LEFT JOIN nn ON nn.b = i.k AND nn.a = o.id WHERE i.k = o.k)
SELECT id FROM o WHERE id IN (SELECT x FROM i WHERE EXISTS (SELECT 1 FROM nn WHERE nn.a = o.id AND nn.b = i.k))
SELECT id, (SELECT max(x) FROM i WHERE i.k = o.k AND i.x IN (SELECT a FROM nn)) AS m FROM o
SELECT id, t.x FROM o, LATERAL (SELECT x FROM i WHERE i.k = o.k) t
SELECT id, t.x FROM o LEFT JOIN LATERAL (SELECT x FROM i WHERE i.k = o.k) t
SELECT id, t.c FROM o, LATERAL (SELECT count(*) AS c FROM i WHERE i.k = o.k) t
SELECT id, t.x FROM o, LATERAL (SELECT x FROM i WHERE i.k = o.k ORDER BY x LIMIT 1) t
SELECT id, t.y FROM o, LATERAL (SELECT o.id + o.v AS y) t
SELECT id, t.y FROM o, LATERAL (SELECT id + 1 AS y UNION ALL SELECT v FROM nn WHERE nn.a = o.id) t
SELECT id, t.r FROM o, LATERAL (SELECT x, rank() OVER (ORDER BY x) AS r FROM i WHERE i.k = o.k) t
SELECT id, c FROM o, LATERAL explode(array(o.id, o.v)) AS t(c)
SELECT k, count(*) AS c FROM o GROUP BY k HAVING count(*) > (SELECT min(a) FROM nn)
SELECT k, sum(v) AS s, (SELECT count(*) FROM i WHERE i.k = o.k) AS c FROM o GROUP BY k
SELECT max((SELECT max(x) FROM i WHERE i.k = o.k)) AS m FROM o
SELECT id FROM o ORDER BY (SELECT max(x) FROM i WHERE i.k = o.k), id
SELECT o.id, i.x FROM o LEFT JOIN i ON o.k = i.k AND i.x IN (SELECT a FROM nn)
SELECT o.id, i.x FROM o JOIN i ON o.k = i.k AND EXISTS (SELECT 1 FROM nn WHERE nn.a = o.id)
SELECT o.id, i.x FROM o LEFT JOIN i ON o.k = i.k WHERE i.x > 1
SELECT o.id, i.x FROM o FULL JOIN i ON o.k = i.k WHERE o.id > 1
SELECT o.id, i.x FROM o RIGHT JOIN i ON o.k = i.k WHERE o.v > 1
SELECT o.id, i.x FROM o, i WHERE o.k = i.k AND o.v > 5
SELECT id FROM (SELECT id, k FROM o UNION ALL SELECT a, b FROM nn) u(id, k) WHERE k = 10
SELECT * FROM (SELECT k, sum(v) AS s FROM o GROUP BY k) WHERE k = 10
SELECT * FROM (SELECT k, v, row_number() OVER (PARTITION BY k ORDER BY id) AS r FROM o) WHERE k = 10 AND r = 1
SELECT s LIKE 'a%', s LIKE '%a', s LIKE '%a%', s LIKE 'a', s LIKE 'a_' FROM i
SELECT id FROM o WHERE k IN (10, 10, 20) AND v IN (5)
SELECT id FROM o WHERE NOT (k > 10 OR v < 6)
SELECT id FROM o WHERE (k = 10 AND v = 5) OR (k = 10 AND id = 4)
SELECT id FROM o WHERE 1 = 0
SELECT count(*) AS c FROM o WHERE 1 = 0
SELECT o.id, n.a FROM o LEFT JOIN (SELECT * FROM nn WHERE false) n ON o.id = n.a
SELECT DISTINCT k FROM (SELECT DISTINCT k FROM o)
SELECT k, count(*) AS c FROM (SELECT * FROM o ORDER BY v) GROUP BY k
SELECT CASE WHEN 1 = 1 THEN id ELSE 1 / 0 END AS c, coalesce(NULL, id, 1) AS d, if(false, 1, k) AS e FROM o
SELECT CAST(CAST(id AS BIGINT) AS DOUBLE) AS d FROM o
SELECT * FROM (SELECT * FROM o ORDER BY id LIMIT 3) ORDER BY id DESC LIMIT 2
SELECT k, id, count(*) AS c, grouping(k) AS g FROM o GROUP BY ROLLUP (k, id)
SELECT count(DISTINCT k) AS a, sum(DISTINCT v) AS b, count(*) AS c FROM o
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT sum(n) AS s FROM r
SELECT * FROM (SELECT id, k, v FROM o) PIVOT (sum(v) AS s, count(*) AS c FOR k IN (10, 20))
SELECT * FROM o UNPIVOT (val FOR col IN (k, v))
SELECT id FROM o INTERSECT SELECT a FROM nn
SELECT id FROM o EXCEPT SELECT a FROM nn
SELECT id, rand(1) < 2 AS r FROM o WHERE rand(2) < 2 AND id > 3
SELECT o.*, i.s FROM o JOIN i USING (k)
SELECT i.k AS ik, o.k AS ok FROM o FULL JOIN i USING (k)
SELECT sum(v) OVER (PARTITION BY k ORDER BY id) AS s, id FROM o QUALIFY row_number() OVER (PARTITION BY k ORDER BY id DESC) = 1
SELECT id AS a, a + 1 AS b, b * 2 AS c FROM o
