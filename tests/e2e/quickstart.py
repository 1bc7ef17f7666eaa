# The Python quickstart of the service's guide, as a new user types it; only URL and token are another's.
import requests

url = "http://127.0.0.1:8080/luma/videos"
headers = {
    "Authorization": "Bearer YOUR_API_TOKEN",
    "Content-Type": "application/json"
}
data = {
    "prompt": "Astronauts shuttle from space to volcano",
    "action": "generate",
    "enhancement": True
}

response = requests.post(url, headers=headers, json=data)
result = response.json()
print(result)

if response.status_code == 200:
    result = response.json()
    print("Call succeeded:", result)
else:
    print(f"Call failed, status code: {response.status_code}")
    print(response.text)
