// Renders a Helm chart as `helm template khatm CHART -f VALUES` does, as far as our chart goes: Go's own templates with sprig and the
// functions that Helm adds. GO111MODULE=off GOPATH=/usr/share/gocode go run render.go CHART [VALUES]
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type object = map[string]interface{}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(file string) object {
	text, err := os.ReadFile(file)
	must(err)
	parsed := object{}
	must(yaml.Unmarshal(text, &parsed))
	return parsed
}

// What the second says wins, key by key.
func merged(one, other object) object {
	for key, value := range other {
		inner, isObject := value.(object)
		known, wasObject := one[key].(object)
		if isObject && wasObject {
			one[key] = merged(known, inner)
		} else {
			one[key] = value
		}
	}
	return one
}

func main() {
	chart := os.Args[1]
	values := read(filepath.Join(chart, "values.yaml"))
	for _, file := range os.Args[2:] {
		values = merged(values, read(file))
	}
	about := read(filepath.Join(chart, "Chart.yaml"))
	given := object{
		"Values":  values,
		"Release": object{"Name": "khatm", "Namespace": "khatm"},
		"Chart":   object{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
	}

	all := template.New("chart").Option("missingkey=error")
	functions := sprig.TxtFuncMap()
	functions["include"] = func(name string, data interface{}) (string, error) {
		var text bytes.Buffer
		err := all.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	all.Funcs(functions)
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	must(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(err)
		_, err = all.New(filepath.Base(file)).Parse(string(text))
		must(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".yaml") {
			fmt.Println("---")
			must(all.ExecuteTemplate(os.Stdout, filepath.Base(file), given))
		}
	}
}
