// grafana-dashboard: what Grafana's own types of a dashboard say of files with one. Fields that they do not know, or that
// are missing, and options of a panel's or a query's plugin count, too: https://github.com/grafana/grafana-foundation-sdk.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	failed := false
	for _, file := range os.Args[1:] {
		// A dashboard without faults is an error with an empty list.
		if err := judge(file); err != nil && err.Error() != "" {
			failed = true
			fmt.Printf("%s: %s\n", file, err)
		}
	}
	if failed {
		os.Exit(1)
	}
}

// judge reads a file strictly, and asks of what was read whether its values are allowed.
func judge(file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	var read dashboard.Dashboard
	if err := read.UnmarshalJSONStrict(raw); err != nil && err.Error() != "" {
		return err
	}
	return read.Validate()
}
