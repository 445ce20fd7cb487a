INSERT INTO things (array_value, scores, json_value, point_value, binary_value, inet_value) VALUES ('{a,NULL}', '{1,2}', '{"a": 1}', '(1,2)', '\xdeadbeef', '10.0.0.0/8');
