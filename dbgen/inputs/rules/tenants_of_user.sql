BEGIN
    RETURN QUERY SELECT m.{{tenant}} FROM {{membership}} AS m WHERE {{condition}};
END
