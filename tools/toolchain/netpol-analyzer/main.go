// Command netpol-analyzer asks np-guard's evaluator of NetworkPolicies who may reach whom. It reads one cluster a line, a list
// of objects in JSON, and answers with one line each:
//
//	{"connections": [{"from": "<namespace>/<name>[<kind>]", "to": "10.0.0.0-10.0.0.255", "ports": {"TCP": [[80, 80]]}}]}
//
// A pod is called as the workload that makes it, and what is no pod by a range of addresses. Connections of a workload to
// itself are not among them. An object that it cannot read ends the command.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/np-guard/netpol-analyzer/pkg/netpol/connlist"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/cli-runtime/pkg/resource"
)

// The longest line: a cluster of a few hundred objects is some 500 kB.
const longest = 64 << 20

// A range of ports, both ends included.
type span [2]int64

var everyPort = map[string][]span{"TCP": {{1, 65535}}, "UDP": {{1, 65535}}, "SCTP": {{1, 65535}}}

type connection struct {
	From  string            `json:"from"`
	To    string            `json:"to"`
	Ports map[string][]span `json:"ports"`
}

type answer struct {
	Connections []connection `json:"connections"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, longest)
	encoder := json.NewEncoder(out)
	for scanner.Scan() {
		var objects []map[string]any
		if err := json.Unmarshal(scanner.Bytes(), &objects); err != nil {
			return err
		}
		connections, err := listConnections(objects)
		if err != nil {
			return err
		}
		if err := encoder.Encode(answer{connections}); err != nil {
			return err
		}
	}
	return scanner.Err()
}

func listConnections(objects []map[string]any) ([]connection, error) {
	infos := make([]*resource.Info, len(objects))
	for i, object := range objects {
		infos[i] = &resource.Info{Object: &unstructured.Unstructured{Object: object}}
	}
	analyzer := connlist.NewConnlistAnalyzer(connlist.WithMuteErrsAndWarns())
	found, _, err := analyzer.ConnlistFromResourceInfos(infos)
	for _, problem := range analyzer.Errors() {
		err = errors.Join(err, problem.Error())
	}
	if err != nil {
		return nil, err
	}
	connections := make([]connection, len(found))
	for i, each := range found {
		connections[i] = connection{nameOf(each.Src()), nameOf(each.Dst()), portsOf(each)}
	}
	return connections, nil
}

func nameOf(peer connlist.Peer) string {
	if peer.IsPeerIPType() {
		return peer.IP()
	}
	return fmt.Sprintf("%s/%s[%s]", peer.Namespace(), peer.Name(), peer.Kind())
}

func portsOf(found connlist.Peer2PeerConnection) map[string][]span {
	if found.AllProtocolsAndPorts() {
		return everyPort
	}
	ports := map[string][]span{}
	for protocol, ranges := range found.ProtocolsAndPorts() {
		for _, each := range ranges {
			// For explanations its ranges are those that are closed, too, and its interface does not tell them apart.
			if known, ok := each.(interface{ InSet() bool }); !ok || !known.InSet() {
				continue
			}
			ports[string(protocol)] = append(ports[string(protocol)], span{each.Start(), each.End()})
		}
	}
	return ports
}
