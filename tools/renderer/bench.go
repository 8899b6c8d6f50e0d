package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// bench measures the engine alone: all requests are read first, then rendered by a worker per core, and what was
// rendered is counted and forgotten. It prints one JSON object: milliseconds (chart loading included), releases, bytes.
func bench(in io.Reader, out io.Writer) error {
	var all []request
	decoder := json.NewDecoder(in)
	for {
		var req request
		if err := decoder.Decode(&req); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		all = append(all, req)
	}
	started := time.Now()
	bytes, err := renderAll(all)
	if err != nil {
		return err
	}
	elapsed := float64(time.Since(started).Microseconds()) / 1000
	return json.NewEncoder(out).Encode(map[string]any{"milliseconds": elapsed, "releases": len(all), "bytes": bytes})
}

func renderAll(all []request) (int64, error) {
	renderer := newRenderer()
	var next, bytes atomic.Int64
	var failure atomic.Pointer[error]
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for index := next.Add(1) - 1; index < int64(len(all)); index = next.Add(1) - 1 {
				manifests, err := renderer.render(all[index])
				if err != nil {
					wrapped := fmt.Errorf("release %s: %w", all[index].Release, err)
					failure.Store(&wrapped)
					return
				}
				bytes.Add(int64(len(manifests)))
			}
		})
	}
	workers.Wait()
	if err := failure.Load(); err != nil {
		return 0, *err
	}
	return bytes.Load(), nil
}
