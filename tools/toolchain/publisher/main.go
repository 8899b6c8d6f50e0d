// Command publisher signs chart packages and brings them to an OCI registry, by the code of Helm and oras. It reads one
// request in JSON on its standard input and writes one answer in JSON, so that no secret is among its arguments.
//
//	publisher sign     provenance of packages
//	publisher verify   what is wrong with provenance that is out
//	publisher look     what a registry has under a version
//	publisher push     put a package there
//	publisher attach   put its bill of materials beside it
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// answer is one of its fields: what was asked for, or why it was refused.
type answer struct {
	Signed   *signed    `json:"signed,omitempty"`
	Verified []verified `json:"verified,omitempty"`
	Version  *version   `json:"version,omitempty"`
	Refusal  *refusal   `json:"refusal,omitempty"`
}

var commands = map[string]func(input []byte) (answer, error){
	"sign":   decoding(sign),
	"verify": decoding(verify),
	"look":   decoding(look),
	"push":   decoding(push),
	"attach": decoding(attach),
}

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string, in io.Reader, out io.Writer) error {
	if len(arguments) != 1 || commands[arguments[0]] == nil {
		return fmt.Errorf("want one of the commands sign, verify, look, push and attach; got %q", arguments)
	}
	input, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	result, err := commands[arguments[0]](input)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(result)
}

func decoding[request any](command func(request) (answer, error)) func([]byte) (answer, error) {
	return func(input []byte) (answer, error) {
		var req request
		if err := json.Unmarshal(input, &req); err != nil {
			return answer{}, fmt.Errorf("unreadable request: %w", err)
		}
		return command(req)
	}
}
