// Tiles reads a published ledger by Go's own client of tiled logs, golang.org/x/mod/sumdb/tlog. It
// takes the folder and the verifier key, and fails with a sentence at the first difference.
//
// By hand, with Debian's golang-go and golang-golang-x-mod-dev:
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run tiles.go DIR VKEY
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Folder is where the tiles are. Go's paths have the tile height 8 in them as well, and Go calls
// tiles of entries data tiles.
type Folder string

func (f Folder) read(tile tlog.Tile) ([]byte, error) {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	path = strings.Replace(path, "tile/data/", "tile/entries/", 1)
	return os.ReadFile(filepath.Join(string(f), path))
}

func (f Folder) Height() int { return 8 }

func (f Folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := f.read(tile)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f Folder) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	log.SetFlags(0)
	folder := Folder(os.Args[1])
	tree := checkpoint(folder, os.Args[2])
	// The reader proves each tile against the root before it gives a hash out of it.
	hashes := tlog.TileHashReader(tree, folder)
	root, err := tlog.TreeHash(tree.N, hashes)
	check(err)
	if root != tree.Hash {
		log.Fatalf("the tiles give the root %v, not %v", root, tree.Hash)
	}
	for n := int64(0); n < tree.N; n++ {
		if n%97 == 0 || n == tree.N-1 {
			proof, err := tlog.ProveRecord(tree.N, n, hashes)
			check(err)
			check(tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash(entry(folder, tree.N, n))))
		}
	}
	fmt.Println(tree.N)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func checkpoint(folder Folder, vkey string) tlog.Tree {
	data, err := os.ReadFile(filepath.Join(string(folder), "checkpoint"))
	check(err)
	key, err := note.NewVerifier(vkey)
	check(err)
	opened, err := note.Open(data, note.VerifierList(key))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	return tlog.Tree{N: size, Hash: root}
}

func entry(folder Folder, size, n int64) []byte {
	width := 256
	if rest := size - n/256*256; rest < 256 {
		width = int(rest)
	}
	data, err := folder.read(tlog.Tile{H: 8, L: -1, N: n / 256, W: width})
	check(err)
	for i := int64(0); ; i++ {
		length := int(binary.BigEndian.Uint16(data))
		if i == n%256 {
			return data[2 : 2+length]
		}
		data = data[2+length:]
	}
}
