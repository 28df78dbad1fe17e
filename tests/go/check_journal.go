// Command check_journal is an independent reader of the journal: it checks notes, proofs and tiles with golang.org/x/mod/sumdb/{note,tlog}
// and shares no code with the Python side. It reads questions as JSON, one a line, and answers each with "ok" or "no: reason".
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// question is one thing to check. Byte fields are base64 in JSON.
type question struct {
	Kind      string
	Vkeys     []string // keys of logs (type 1) and witnesses (type 4); all of them must have signed
	Note      []byte   // checkpoint: the signed note
	Old       []byte   // consistency: the older signed note
	Path      [][]byte // consistency: the proof
	Proof     []byte   // proof: a .tlog-proof file
	Entry     []byte   // proof: the entry
	Directory string   // journal: an exported journal
}

// cosigner verifies cosignature/v1 lines (C2SP tlog-cosignature), which x/mod does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(c.key, []byte(message), signature[8:])
}

func verifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("malformed vkey")
	}
	material, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(material) != 33 || material[0] != 4 {
		return note.NewVerifier(vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), material...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, errors.New("key id mismatch")
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), material[1:]}, nil
}

// open checks that every key has signed, and reads the checkpoint.
func open(message []byte, vkeys []string) (origin string, tree tlog.Tree, err error) {
	var known []note.Verifier
	for _, vkey := range vkeys {
		v, err := verifier(vkey)
		if err != nil {
			return "", tree, err
		}
		known = append(known, v)
	}
	opened, err := note.Open(message, note.VerifierList(known...))
	if err != nil {
		return "", tree, err
	}
	if len(opened.Sigs) != len(known) {
		return "", tree, fmt.Errorf("%d of %d keys signed", len(opened.Sigs), len(known))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return "", tree, errors.New("not a checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return "", tree, err
	}
	root, err := tlog.ParseHash(lines[2])
	return lines[0], tlog.Tree{N: size, Hash: root}, err
}

func hashes(path [][]byte) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, part := range path {
		var hash tlog.Hash
		if len(part) != len(hash) {
			return nil, errors.New("hash of another length")
		}
		copy(hash[:], part)
		out = append(out, hash)
	}
	return out, nil
}

func checkConsistency(q question) error {
	oldOrigin, older, err := open(q.Old, q.Vkeys)
	if err != nil {
		return err
	}
	origin, tree, err := open(q.Note, q.Vkeys)
	if err != nil {
		return err
	}
	if origin != oldOrigin {
		return errors.New("another log")
	}
	path, err := hashes(q.Path)
	if err != nil {
		return err
	}
	return tlog.CheckTree(path, tree.N, tree.Hash, older.N, older.Hash)
}

func checkProof(q question) error {
	head, message, found := strings.Cut(string(q.Proof), "\n\n")
	if !found {
		return errors.New("no checkpoint")
	}
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("another header")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return errors.New("no index")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path []tlog.Hash
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	_, tree, err := open([]byte(message), q.Vkeys)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(q.Entry))
}

// directory serves tiles from files laid out by C2SP tlog-tiles, whose paths lack the height that x/mod puts into its own.
type directory string

func (d directory) Height() int                     { return 8 }
func (d directory) SaveTiles([]tlog.Tile, [][]byte) {}
func (d directory) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(d), strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

// checkJournal reads every entry and every tile and compares them with the signed root and with each other.
func checkJournal(q question) error {
	message, err := os.ReadFile(filepath.Join(q.Directory, "checkpoint"))
	if err != nil {
		return err
	}
	_, tree, err := open(message, q.Vkeys)
	if err != nil {
		return err
	}
	files := directory(q.Directory)
	reader := tlog.TileHashReader(tree, files)
	var stored []tlog.Hash
	memory := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, index := range indexes {
			out = append(out, stored[index])
		}
		return out, nil
	})
	for n := int64(0); n < tree.N; {
		entries, err := bundle(q.Directory, n, tree.N)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			found, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
			if err != nil {
				return err
			}
			if found[0] != tlog.RecordHash(entry) {
				return fmt.Errorf("entry %d differs from its hash", n)
			}
			more, err := tlog.StoredHashes(n, entry, memory)
			if err != nil {
				return err
			}
			stored = append(stored, more...)
			n++
		}
	}
	root, err := tlog.TreeHash(tree.N, memory)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("the entries give another root")
	}
	return checkTiles(files, tree.N, memory)
}

// bundle reads the entry bundle that begins at entry n.
func bundle(dir string, n, size int64) ([][]byte, error) {
	tile := tlog.Tile{H: 8, L: 0, N: n / 256, W: 256}
	if size-n < 256 {
		tile.W = int(size - n)
	}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, errors.New("bundle ends in an entry")
		}
		length := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if len(entries) != tile.W {
		return nil, fmt.Errorf("bundle has %d entries, not %d", len(entries), tile.W)
	}
	return entries, nil
}

// checkTiles compares every hash tile of the final size, byte for byte.
func checkTiles(files directory, size int64, memory tlog.HashReader) error {
	for level, count := 0, size; count > 0; level, count = level+1, count>>8 {
		for n := int64(0); n*256 < count; n++ {
			tile := tlog.Tile{H: 8, L: level, N: n, W: 256}
			if count-n*256 < 256 {
				tile.W = int(count - n*256)
			}
			want, err := tlog.ReadTileData(tile, memory)
			if err != nil {
				return err
			}
			found, err := files.ReadTiles([]tlog.Tile{tile})
			if err != nil {
				return err
			}
			if !bytes.Equal(found[0], want) {
				return fmt.Errorf("%s differs", tile.Path())
			}
		}
	}
	return nil
}

func answer(q question) error {
	switch q.Kind {
	case "checkpoint":
		_, _, err := open(q.Note, q.Vkeys)
		return err
	case "consistency":
		return checkConsistency(q)
	case "proof":
		return checkProof(q)
	case "journal":
		return checkJournal(q)
	}
	return errors.New("unknown question")
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var q question
		err := json.Unmarshal(lines.Bytes(), &q)
		if err == nil {
			err = answer(q)
		}
		if err != nil {
			fmt.Println("no:", err)
		} else {
			fmt.Println("ok")
		}
	}
}
