INSERT INTO countries VALUES ('DE', 'Germany'), ('NO', 'Norway');
INSERT INTO cities (name, country_code) VALUES ('Oslo', 'NO');
