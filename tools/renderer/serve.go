package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
)

// serve answers requests until the input ends, with a worker for each thread that GOMAXPROCS allows. It reads no
// further than its workers keep up, so a caller that writes faster is held back by the pipe.
func serve(in io.Reader, out io.Writer) error {
	requests := make(chan request)
	responses := make(chan response)
	renderer := newRenderer()
	defer renderer.charts.close()
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for req := range requests {
				responses <- answer(renderer, req)
			}
		})
	}
	failed := make(chan error, 1)
	go func() {
		failed <- readRequests(in, requests)
		close(requests)
		workers.Wait()
		close(responses)
	}()
	if err := writeResponses(out, responses); err != nil {
		return err
	}
	return <-failed
}

func readRequests(in io.Reader, requests chan<- request) error {
	decoder := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	for {
		var req request
		if err := decoder.Decode(&req); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("unreadable request: %w", err)
		}
		requests <- req
	}
}

// writeResponses flushes whenever nothing more is ready, so that a single answer does not wait for a full buffer.
func writeResponses(out io.Writer, responses <-chan response) error {
	buffer := bufio.NewWriterSize(out, 1<<20)
	encoder := json.NewEncoder(buffer)
	encoder.SetEscapeHTML(false)
	for {
		select {
		case res, open := <-responses:
			if !open {
				return buffer.Flush()
			}
			if err := encoder.Encode(res); err != nil {
				return err
			}
			continue
		default:
		}
		if err := buffer.Flush(); err != nil {
			return err
		}
		res, open := <-responses
		if !open {
			return buffer.Flush()
		}
		if err := encoder.Encode(res); err != nil {
			return err
		}
	}
}

func answer(renderer *renderer, req request) response {
	res, err := answerOne(renderer, req)
	if err != nil {
		return response{ID: req.ID, Error: err.Error()}
	}
	res.ID = req.ID
	return res
}

func answerOne(renderer *renderer, req request) (res response, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("the engine panicked: %v", problem)
		}
	}()
	if req.Answer == "lint" {
		res.Messages, err = renderer.lint(req)
		return res, err
	}
	ch, files, err := renderer.renderFiles(req)
	if err != nil {
		return res, err
	}
	if req.Answer == "linted" {
		if res.Messages, err = renderer.lintRendered(req, files); err != nil {
			return res, err
		}
	}
	if res.Manifests, err = printManifests(ch, files, req); err != nil || req.Answer == "manifests" || req.Answer == "" {
		return res, err
	}
	res.Objects, err = parseObjects(res.Manifests)
	return res, err
}
