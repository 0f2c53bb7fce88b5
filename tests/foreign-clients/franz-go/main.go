// Reads and writes as an application with franz-go does, and prints what it saw as lines of `name=value`.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

const records = 300

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	seed := os.Args[1]
	must(createTopic(ctx, seed, "go-input"))
	must(createTopic(ctx, seed, "go-output"))
	must(produce(ctx, seed))
	for _, protocol := range []string{"classic", "consumer"} {
		seen, err := consume(ctx, seed, protocol)
		must(err)
		fmt.Printf("%s=%d\n", protocol, seen)
	}
	must(transform(ctx, seed))
	committed, err := readAll(ctx, seed, kgo.ReadCommitted())
	must(err)
	all, err := readAll(ctx, seed, kgo.ReadUncommitted())
	must(err)
	fmt.Printf("committed=%d\nall=%d\n", committed, all)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func createTopic(ctx context.Context, seed, name string) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(seed))
	if err != nil {
		return err
	}
	defer client.Close()
	request := kmsg.NewPtrCreateTopicsRequest()
	topic := kmsg.NewCreateTopicsRequestTopic()
	topic.Topic, topic.NumPartitions, topic.ReplicationFactor = name, 4, 1
	request.Topics = append(request.Topics, topic)
	response, err := request.RequestWith(ctx, client)
	if err != nil {
		return err
	}
	return kerr.ErrorForCode(response.Topics[0].ErrorCode)
}

func produce(ctx context.Context, seed string) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(seed), kgo.DefaultProduceTopic("go-input"))
	if err != nil {
		return err
	}
	defer client.Close()
	for i := 0; i < records; i++ {
		client.Produce(ctx, kgo.KeyStringRecord(fmt.Sprint(i%17), fmt.Sprint(i)), nil)
	}
	return client.Flush(ctx)
}

// consume reads with two members of one group until every record was seen once.
func consume(ctx context.Context, seed, protocol string) (int, error) {
	if protocol == "consumer" {
		ctx = context.WithValue(ctx, "opt_in_kafka_next_gen_balancer_beta", true)
	}
	inner, stop := context.WithCancel(ctx)
	defer stop()
	var mutex sync.Mutex
	var wait sync.WaitGroup
	seen := map[string]int{}
	for member := 0; member < 2; member++ {
		client, err := kgo.NewClient(
			kgo.SeedBrokers(seed), kgo.WithContext(inner), kgo.ConsumerGroup("go-"+protocol), kgo.ConsumeTopics("go-input"),
			kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		)
		if err != nil {
			return 0, err
		}
		wait.Add(1)
		go func() {
			defer wait.Done()
			defer client.Close()
			for inner.Err() == nil {
				client.PollFetches(inner).EachRecord(func(record *kgo.Record) {
					mutex.Lock()
					defer mutex.Unlock()
					seen[string(record.Value)]++
					if len(seen) == records {
						stop()
					}
				})
			}
		}()
	}
	wait.Wait()
	return len(seen), nil
}

// transform copies the input in transactions, some of which it aborts.
func transform(ctx context.Context, seed string) error {
	session, err := kgo.NewGroupTransactSession(
		kgo.SeedBrokers(seed), kgo.TransactionalID("go-transform"), kgo.ConsumerGroup("go-transform"),
		kgo.ConsumeTopics("go-input"), kgo.DefaultProduceTopic("go-output"), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.RequireStableFetchOffsets(),
	)
	if err != nil {
		return err
	}
	defer session.Close()
	done := 0
	for round := 0; done < records; round++ {
		if err := session.Begin(); err != nil {
			return err
		}
		fetches := session.PollRecords(ctx, 20)
		if err := fetches.Err(); err != nil {
			return err
		}
		count := 0
		fetches.EachRecord(func(record *kgo.Record) {
			count++
			session.Produce(ctx, &kgo.Record{Key: record.Key, Value: record.Value}, nil)
		})
		committed, err := session.End(ctx, round%3 != 2)
		if err != nil {
			return err
		}
		if committed {
			done += count
		}
	}
	return nil
}

// readAll counts the different values of the output that a reader sees.
func readAll(ctx context.Context, seed string, level kgo.IsolationLevel) (int, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(seed), kgo.ConsumeTopics("go-output"), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.FetchIsolationLevel(level),
	)
	if err != nil {
		return 0, err
	}
	defer client.Close()
	count := 0
	for {
		quiet, cancel := context.WithTimeout(ctx, 3*time.Second)
		fetches := client.PollFetches(quiet)
		cancel()
		if err := fetches.Err(); errors.Is(err, context.DeadlineExceeded) {
			return count, nil
		} else if err != nil {
			return 0, err
		}
		count += fetches.NumRecords()
	}
}
