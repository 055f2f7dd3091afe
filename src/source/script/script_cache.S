/* The cache, as make_script_cache wrote it. The engine reads it where it lies. */
	.section .rodata
	.balign 16
	.globl tidemark_script_cache
	.globl tidemark_script_cache_end
tidemark_script_cache:
	.incbin SCRIPT_CACHE
tidemark_script_cache_end:
	.byte 0
	.section .note.GNU-stack,"",%progbits
