// Command cnpg asks CloudNativePG's own code about objects that were not sent to a cluster. It reads one object in JSON a
// line.
//
//	cnpg admit   what its webhooks say, for each object a line: {"refusal": "...", "warnings": [...]}
//	cnpg make    what its controllers make of the Clusters and Poolers, an object a line
//
// The code is internal to CloudNativePG's module. Go lets any package below that module's path import it, so this module
// has a path below it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/cloudnative-pg/cloudnative-pg/pkg/utils"
)

// The longest line: a Cluster is some 20 kB.
const longest = 4 << 20

var commands = map[string]func(lines [][]byte) ([]any, error){"admit": admit, "make": makeObjects}

func main() {
	utils.SetVolumeSnapshot(true) // as in a cluster that has the kind
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string, in io.Reader, out io.Writer) error {
	if len(arguments) != 1 || commands[arguments[0]] == nil {
		return fmt.Errorf("want one of the commands admit and make; got %q", arguments)
	}
	lines, err := readLines(in)
	if err != nil {
		return err
	}
	answers, err := commands[arguments[0]](lines)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	for _, answer := range answers {
		if err := encoder.Encode(answer); err != nil {
			return err
		}
	}
	return nil
}

func readLines(in io.Reader) ([][]byte, error) {
	var lines [][]byte
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, longest)
	for scanner.Scan() {
		lines = append(lines, append([]byte(nil), scanner.Bytes()...))
	}
	return lines, scanner.Err()
}
