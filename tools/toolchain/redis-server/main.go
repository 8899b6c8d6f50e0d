// Command redis-server serves miniredis, an in-memory Redis, on the address given.
//
// Argo CD keeps only caches in Redis, so a server without persistence is enough
// for the embedded platform.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: redis-server HOST:PORT")
		os.Exit(2)
	}
	server := miniredis.NewMiniRedis()
	if err := server.StartAddr(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	go passTime(server)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	<-stop
	server.Close()
}

// passTime lets keys expire: miniredis' own clock stands still, and Argo CD would
// believe for ever what it once read of a git ref.
func passTime(server *miniredis.Miniredis) {
	last := time.Now()
	for now := range time.Tick(200 * time.Millisecond) {
		server.FastForward(now.Sub(last))
		last = now
	}
}
