# Two commands do everything: `make demo` to look around, `make test` to check. The rest are for daily work.

.PHONY: demo test build lint bench clean

# Installs what is missing, builds the program and runs a desk with a sample company in it.
demo:
	bin/setup
	bin/demo

# Installs what the tests need as well, and runs all of them.
test:
	bin/setup --tests
	bin/ci

# A debug build of the program, for daily work.
build:
	bin/setup
	swift build --product regulars

# Format, names, SQL and phrases.
lint:
	bin/lint

# Measures the desk on generated data. It takes a while and a few gigabytes.
bench:
	bin/setup
	bin/bench

# Removes everything that was built, but no desk's data.
clean:
	rm -rf .build .build-release .venv
