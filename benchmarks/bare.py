"""What a user would otherwise have: a bare page with as many Plotly columns as «Обзор» has levels."""

import streamlit as st

LEVELS = {"Дошкольное": 40, "Начальное": 80, "Основное": 70, "Среднее": 80, "Дополнительное": 0}

st.title("hello plotly")
for place, (name, share) in enumerate(LEVELS.items()):
    st.plotly_chart(
        {
            "data": [{"type": "bar", "x": [name], "y": [share], "text": [f"{share} %"]}],
            "layout": {"title": {"text": name}, "yaxis": {"range": [0, 100]}, "height": 300},
        },
        key=f"chart-{place}",
    )
