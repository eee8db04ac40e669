// Verify holds what AidLedger's TransparencyLog made against Go's own implementation of the same
// formats, golang.org/x/mod/sumdb. It reads one JSON file, prints the note that Go signs with the
// same key, and fails with a sentence at the first difference.
//
// By hand, with Debian's golang-go and golang-golang-x-mod-dev:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go FILE
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Input is what the Swift test writes. Hashes are in base64, as tlog.Hash reads them.
type Input struct {
	SigningKey, VerifierKey, CosignerKey string
	CosignedAt                           uint64
	Note                                 string
	Entries                              []string
	Roots                                []tlog.Hash // of the trees of 0, 1, … entries
	Inclusion                            []struct {
		Size, Index int64
		Hashes      []tlog.Hash
	}
	Consistency []struct {
		Old, New int64
		Hashes   []tlog.Hash
	}
	Tiles []struct {
		Level, Width int
		Index        int64
		Path         string
	}
}

func main() {
	log.SetFlags(0)
	bytes, err := os.ReadFile(os.Args[1])
	check(err)
	var in Input
	check(json.Unmarshal(bytes, &in))
	hashes := store(in.Entries)
	checkRoots(in, hashes)
	checkInclusion(in, hashes)
	checkConsistency(in, hashes)
	checkTiles(in)
	checkNote(in)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// store builds the tree with Go's own functions.
func store(entries []string) tlog.HashReader {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, index := range indexes {
			out = append(out, stored[index])
		}
		return out, nil
	})
	for i, entry := range entries {
		more, err := tlog.StoredHashes(int64(i), []byte(entry), reader)
		check(err)
		stored = append(stored, more...)
	}
	return reader
}

func checkRoots(in Input, hashes tlog.HashReader) {
	for size := 1; size <= len(in.Entries); size++ {
		root, err := tlog.TreeHash(int64(size), hashes)
		check(err)
		if root != in.Roots[size] {
			log.Fatalf("root at size %d is %v, not %v", size, root, in.Roots[size])
		}
	}
}

func checkInclusion(in Input, hashes tlog.HashReader) {
	for _, p := range in.Inclusion {
		leaf := tlog.RecordHash([]byte(in.Entries[p.Index]))
		check(tlog.CheckRecord(p.Hashes, p.Size, in.Roots[p.Size], p.Index, leaf))
		own, err := tlog.ProveRecord(p.Size, p.Index, hashes)
		check(err)
		if len(own)+len(p.Hashes) > 0 && !reflect.DeepEqual([]tlog.Hash(own), p.Hashes) {
			log.Fatalf("proof of %d in %d differs", p.Index, p.Size)
		}
	}
}

func checkConsistency(in Input, hashes tlog.HashReader) {
	for _, p := range in.Consistency {
		check(tlog.CheckTree(p.Hashes, p.New, in.Roots[p.New], p.Old, in.Roots[p.Old]))
		own, err := tlog.ProveTree(p.New, p.Old, hashes)
		check(err)
		if len(own)+len(p.Hashes) > 0 && !reflect.DeepEqual([]tlog.Hash(own), p.Hashes) {
			log.Fatalf("proof from %d to %d differs", p.Old, p.New)
		}
	}
}

// checkTiles compares paths. Go's have the tile height 8 in them as well, and Go calls tiles of
// entries data tiles.
func checkTiles(in Input) {
	for _, t := range in.Tiles {
		path := tlog.Tile{H: 8, L: t.Level, N: t.Index, W: t.Width}.Path()
		path = strings.Replace(path, "tile/8/", "tile/", 1)
		path = strings.Replace(path, "tile/data/", "tile/entries/", 1)
		if path != t.Path {
			log.Fatalf("path of tile is %s, not %s", path, t.Path)
		}
	}
}

func checkNote(in Input) {
	logKey, err := note.NewVerifier(in.VerifierKey)
	check(err)
	opened, err := note.Open([]byte(in.Note), note.VerifierList(logKey, newCosigner(in)))
	check(err)
	if len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) != 0 {
		log.Fatalf("%d signatures verified, %d not", len(opened.Sigs), len(opened.UnverifiedSigs))
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.Atoi(lines[1])
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	if len(lines) != 4 || lines[0] != logKey.Name() || root != in.Roots[size] {
		log.Fatalf("not the checkpoint: %q", opened.Text)
	}
	signer, err := note.NewSigner(in.SigningKey)
	check(err)
	own, err := note.Sign(&note.Note{Text: opened.Text}, signer)
	check(err)
	os.Stdout.Write(own)
}

// cosigner verifies cosignatures of c2sp.org/tlog-cosignature, which x/mod does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
	time uint64
}

func newCosigner(in Input) cosigner {
	parts := strings.SplitN(in.CosignerKey, "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	check(err)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	check(err)
	if len(key) != 33 || key[0] != 4 {
		log.Fatal("not a cosigner's key")
	}
	return cosigner{parts[0], uint32(hash), key[1:], in.CosignedAt}
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 72 || binary.BigEndian.Uint64(sig) != c.time {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", c.time, text)
	return ed25519.Verify(c.key, []byte(message), sig[8:])
}
