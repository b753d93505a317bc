# make run: the page on the sample archive · make test: everything CI runs · make fix: format and mend
VENV := .venv
PY := $(VENV)/bin/python
ARCHIVE := $(or $(XINDE_HOME),var)
CODE := app.py assistant corpus evals index prompts tests

.DEFAULT_GOAL := help
.PHONY: help run test fix

help:
	@echo "make run   安裝、建立範例檔案庫、開啟網頁"
	@echo "make test  安裝測試工具，執行全部檢查與測試"
	@echo "make fix   自動整理程式碼"

# The stamps say which pyproject and constraints are installed, so the second run starts at once.
$(PY):
	@for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	  if $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "$$p -m venv $(VENV)"; $$p -m venv $(VENV) && exit 0; fi; done; \
	echo "找不到 Python 3.11 以上（含 venv）。Debian/Ubuntu：apt install python3 python3-venv" >&2; exit 1

$(VENV)/.installed: pyproject.toml constraints.txt | $(PY)
	$(PY) -m pip install --disable-pip-version-check -q -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(PY)
	$(PY) -m pip install --disable-pip-version-check -q -c constraints.txt -e ".[dev]"
	@touch $@ $(VENV)/.installed

# .filling stands while the samples go in, so that an interrupted first run is finished by the next.
run: $(VENV)/.installed
	@if [ ! -e "$(ARCHIVE)/archive.db" ] || [ -e "$(ARCHIVE)/.filling" ]; then \
	  mkdir -p "$(ARCHIVE)" && touch "$(ARCHIVE)/.filling" && \
	  $(VENV)/bin/xinde --home "$(ARCHIVE)" add corpus/samples && rm "$(ARCHIVE)/.filling"; fi
	@$(VENV)/bin/xinde --home "$(ARCHIVE)" serve

# Two processes, each with whole files, for what a file shares is made once; more would want more memory.
test: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check $(CODE)
	$(VENV)/bin/ruff format --check $(CODE)
	$(VENV)/bin/mypy app.py assistant corpus evals index prompts
	$(PY) -m pytest -n 2 --dist loadfile

fix: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check --fix $(CODE)
	$(VENV)/bin/ruff format $(CODE)
