SELECT {{identity}}
