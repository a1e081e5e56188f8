# make run | test | soak | mutants | bench | screenshots | lock | help
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python

export PORT ?= 8501
export HOST ?= 127.0.0.1
# Each process would compile the whole program anew, which is a third of what its start takes.
unexport PYTHONDONTWRITEBYTECODE
COUNTRY ?= build/country
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# Where there is no network this is known after seconds, not minutes.
APT := $(SUDO) apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20

.PHONY: help run run-shared lock demonstration test units lint types soak mutants bench bench-country screenshots chromium libreoffice

help:
	@echo "make run          открыть программу на этом компьютере (PORT=8501, HOST=127.0.0.1); данные сохраняются"
	@echo "make demonstration  открыть рядом выдуманный район: своя папка, порт 8502 (make run DEMO=1 — сразу оба)"
	@echo "make run-shared   открыть демонстрацию на двух серверах с общим хранилищем (PostgreSQL и nginx на этом же компьютере)"
	@echo "make test         проверить программу: стиль, типы, тесты, тесты в браузере"
	@echo "make bench        измерить время и размер рядом с пустой страницей Streamlit"
	@echo "make bench-country  измерить страну из 100 000 организаций (10 минут, 1 ГБ в COUNTRY=build/country)"
	@echo "make screenshots  нарисовать все страницы и слайды в build/pictures/ и картинки руководства"
	@echo "make soak         10 000 перерисовок: память не растёт; 200 кампаний: из снимков для всех ничего не вычислить"
	@echo "make lock         записать заново списки того, что ставится, с отпечатками (LOCK=--upgrade — новейшее)"
	@echo "make mutants      портить программу по одному месту и смотреть, замечают ли это тесты (MUTANTS=200 — столько, ROOM=public)"

# The stamps make a second start quick and notice a changed list of packages.
$(VENV)/made:
	@[ -n "$(PYTHON)" ] || { echo "Нет Python 3.11 или новее. Установите пакет python3.11 (или python3)." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Нужен Python 3.11 или новее, а $(PYTHON) старше. Установите пакет python3.11." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python без модуля venv. Установите пакет python3-venv (или python3.11-venv)." >&2; exit 2; }
	@[ -x $(PY) ] || $(PYTHON) -m venv $(VENV)
	@touch $@

# What is installed has the digests of the lock: a file that was changed on its way is refused.
# Python compiles what is imported when it is first imported; all that is installed would take half a minute longer.
INSTALL = $(PY) -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes

$(VENV)/installed: requirements.lock $(VENV)/made
	@echo "Установка библиотек…"
	@$(INSTALL) --only-binary :all: -r requirements.lock
	@touch $@

# What only tests need, and all else where it is not there yet: by uv, which takes a quarter of the time, from the same
# locks; where uv cannot be had or does not reach the registry, by pip.
$(VENV)/installed-tests: tests/requirements.lock requirements.lock $(VENV)/installer
	@echo "Установка библиотек…"
	@$(BIN)/uv pip install --quiet --no-config --no-cache --python $(PY) --require-hashes \
		-r requirements.lock -r tests/requirements.lock 2>/dev/null || { \
		$(INSTALL) --only-binary :all: -r requirements.lock && $(INSTALL) -r tests/requirements.lock; }
	@touch $(VENV)/installed $@

$(VENV)/installer: tests/installer.lock $(VENV)/made
	@$(INSTALL) --only-binary :all: -r tests/installer.lock 2>/dev/null || true
	@touch $@

# Both locks anew, from the two lists; what a lock holds already stays as it is unless LOCK=--upgrade.
lock: $(VENV)/installer
	@$(BIN)/uv pip compile $(LOCKED) requirements.txt --output-file requirements.lock
	@$(BIN)/uv pip compile $(LOCKED) tests/requirements.txt --constraint requirements.lock \
		--output-file tests/requirements.lock
LOCKED = --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header $(LOCK)

run: export PROFORIENT_MODE ?= demo
# With DEMO=1 the invented district is served beside one's own, in a folder of its own; «С чего начать» links to it.
run: export PROFORIENT_DEMO_ADDRESS ?= $(if $(filter 1,$(DEMO)),http://localhost:8502)
run: $(VENV)/installed
	@[ "$(DEMO)" != 1 ] || $(MAKE) --no-print-directory demonstration &
	@exec $(PY) -m proforient run

# Beside one's own district: an invented one with a folder and a port of its own.
# Its address is «localhost»: by another name of the host browsers keep the two sign-ins apart.
demonstration: override export PROFORIENT_MODE = demo
demonstration: override export PROFORIENT_DATA = data/local/demonstration
demonstration: override export PROFORIENT_SECRETS = data/local/demonstration-keys
demonstration: override export PROFORIENT_ADDRESS =
demonstration: override export HOST = 127.0.0.1
demonstration: override export PORT = 8502
demonstration: $(VENV)/installed
	@echo "Демонстрация: http://localhost:$$PORT"
	@exec $(PY) -m proforient run

# Region's way on one computer: PostgreSQL, two servers of one shared store, nginx before them. Nothing of it is kept.
run-shared: $(VENV)/installed-tests
	@command -v nginx >/dev/null && { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1 || { \
		echo "Установка пакетов postgresql и nginx…"; \
		$(APT) update && $(APT) install -y --no-install-recommends postgresql nginx >/dev/null; } || { \
		echo "Нет PostgreSQL или nginx, и поставить их не удалось. Установите пакеты postgresql и nginx." >&2; exit 2; }
	@PYTHONPATH=tests exec $(PY) -m shared_servers

# The shell of the same browser has no window to draw: a page in it costs a tenth. Where there is none, the whole one.
chromium:
	@command -v chromium-headless-shell >/dev/null || { \
		echo "Установка пакета chromium-headless-shell для тестов в браузере…"; \
		$(APT) update && \
		$(APT) install -y --no-install-recommends chromium-headless-shell >/dev/null; } || \
		command -v chromium >/dev/null || { \
		echo "Нет браузера, и поставить его не удалось. Установите пакет chromium-headless-shell или chromium." >&2; exit 2; }

# Without it the tests of documents as pages say by name that they did not run; everything else is tested.
libreoffice: | chromium  # one installation after the other
	@ls "$$(dirname "$$(realpath "$$(command -v soffice)")")"/lib{sw,sd,sc}lo.so >/dev/null 2>&1 || { \
		echo "Установка LibreOffice для тестов документов (около 60 МБ)…"; \
		$(APT) update && $(APT) install -y --no-install-recommends \
			libreoffice-{writer,impress,calc}-nogui fonts-liberation >/dev/null; } || \
		echo "Нет LibreOffice, и поставить его не удалось: документы не превращены в страницы. Установите пакеты" \
			"libreoffice-writer-nogui, libreoffice-impress-nogui, libreoffice-calc-nogui и fonts-liberation." >&2

lint: $(VENV)/installed-tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/installed-tests
	@$(BIN)/mypy

# What is not named is not even read.
units:
	@$(PY) -m pytest -q -n 3 --dist loadgroup -m "not soak" --ignore=tests/browser

# Browser tests of one file share a server and a browser: a file stays with one worker.
# Style is looked at while what the tests need is being fetched, types while tests wait for what they have started.
# The stores that they begin with are made once for both runs.
test: export TEST_STORES = $(CURDIR)/build/test-stores
test:
	@rm -rf $(TEST_STORES)
	@$(MAKE) --no-print-directory --jobs 3 --output-sync chromium libreoffice lint
	@$(MAKE) --no-print-directory --jobs 2 types units
	@$(PY) -m pytest -q -n 3 --dist loadfile -m "not soak" tests/browser

soak: chromium $(VENV)/installed-tests
	@PYTHONPATH=tests:tests/intake $(PY) -m benchmarks.files
	@PYTHONPATH=tests $(PY) -m benchmarks.soak
	@$(PY) -m pytest -q -n 2 --dist loadfile -m soak

build/mutants/tool/made: tests/mutants/requirements.txt $(VENV)/installed-tests
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(@D) -r $<
	@touch $@

mutants: build/mutants/tool/made
	@PYTHONPATH=tests:build/mutants/tool nice -n 10 $(PY) -m mutants

bench-country: $(VENV)/installed-tests
	@$(PY) -m benchmarks.figures --country $(COUNTRY)

bench: chromium $(VENV)/installed-tests
	@PYTHONPATH=tests $(PY) -m benchmarks.pages
	@PYTHONPATH=tests $(PY) -m benchmarks.first
	@PYTHONPATH=tests $(PY) -m benchmarks.region
	@$(PY) -m benchmarks.figures
	@$(PY) -m benchmarks.beginning
	@$(PY) -m benchmarks.intake
	@PYTHONPATH=tests $(PY) -m benchmarks.sheets
	@PYTHONPATH=tests $(PY) -m benchmarks.forms
	@PYTHONPATH=tests $(PY) -m benchmarks.shared
	@$(PY) -m benchmarks.evening
	@PYTHONPATH=tests $(PY) -m benchmarks.guests

screenshots: chromium $(VENV)/installed-tests
	@PYTHONPATH=tests $(PY) -m pictures
