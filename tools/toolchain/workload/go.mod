module opencore.dev/toolchain/workload

go 1.26.0
