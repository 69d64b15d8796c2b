# The commands of the portal. `make` alone lists them.
# Everything that a target needs is made by deploy/bootstrap.py (only Python 3.11+ and make are asked of the machine).

PYTHON ?= python3
PY := .venv/bin/python

# Given on the command line (make run PORT=8123) or in the environment; unset: the settings' own defaults.
ifdef PORT
export PORT
endif
ifdef DATA_DIR
export DATA_DIR
endif
export SQUAD ENGINE DOCUMENTS

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install run test test-services lint e2e bench bench-search relevance wheelhouse clean have-python bootstrap bootstrap-dev

help: ## in danh sách này
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

have-python:
	@command -v $(PYTHON) >/dev/null || { echo "Máy chưa có Python: cài Python 3.11 trở lên (Debian, Ubuntu: sudo apt install python3 python3-venv) rồi chạy lại."; exit 2; }

bootstrap: have-python
	@$(PYTHON) deploy/bootstrap.py

bootstrap-dev: have-python
	@$(PYTHON) deploy/bootstrap.py --dev

install: bootstrap ## cài thư viện vào .venv
	@echo "Đã cài xong. Chạy tiếp: make run"

run: bootstrap ## chạy trang web và tiến trình nền tại http://localhost:8000 (đổi cổng: make run PORT=8123); Ctrl-C để dừng
	@exec $(PY) manage.py serve

test: bootstrap-dev ## chạy mọi bài kiểm thử trên các phần nhúng sẵn
	@PORTAL_ENV=test $(PY) -m pytest -q -n auto --dist loadfile

lint: bootstrap-dev ## soát mã nguồn, mẫu trang, mũi tên giữa các phòng, bản dịch
	@$(PY) deploy/lint.py

e2e: bootstrap-dev ## kiểm thử bằng trình duyệt Chromium và bằng cả lệnh `make run`
	@PORTAL_ENV=test $(PY) -m pytest -q tests/e2e

bench: bootstrap-dev ## đo tốc độ phục vụ trang
	@$(PY) bench/pages.py

wheelhouse: have-python ## tải sẵn mọi gói vào var/wheelhouse cho máy không có mạng
	@$(PYTHON) deploy/bootstrap.py --wheelhouse

clean: ## xóa .venv, tệp biên dịch và bộ nhớ đệm; giữ nguyên dữ liệu trong var/
	@rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . \( -path ./var -o -path ./.git \) -prune -o \( -name __pycache__ -type d -o -name '*.mo' -type f \) -print0 | xargs -0 rm -rf
	@echo "Đã xóa. Dữ liệu của trang vẫn còn trong var/."

test-services: bootstrap-dev ## kiểm thử tìm kiếm trên Elasticsearch và PostgreSQL thật (tự tải, tự chạy, tự dừng)
	@$(PY) deploy/test_services.py

bench-search: bootstrap ## đo tốc độ tìm kiếm (DOCUMENTS="20000 50000")
	@$(PY) bench/search.py

relevance: bootstrap ## đo độ đúng của kết quả tìm kiếm (SQUAD=tệp, ENGINE=embedded|elasticsearch)
	@$(PY) bench/search_relevance.py
