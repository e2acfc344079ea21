"""What a report says of predictions, counted one by one from the definitions.

classes    precision TP/(TP + FP), recall TP/(TP + FN), F1 2TP/(2TP + FP + FN), 0 where nothing stands below; their mean over classes and
           the mean weighted by support, as scikit-learn's classification_report with zero_division=0 and all classes named.
           confusion[i][j] counts samples of class i that were predicted as j. Class 4 is never predicted and class 3 has no sample.
           calibration: 1706.04599, equation 3, with 15 bins (i/15, (i + 1)/15].
labels     the same for each column of yes or no, of which a logit above 0 says yes; the confidence is the probability of what was said.
residuals  prediction - target: mean absolute, root mean squared, R^2 = 1 - SS_res/SS_tot, mean, quantiles with NumPy's default
           interpolation, output by output.
"""
import numpy as np
import torch

from case import Case, normal

BINS = 15
LEVELS = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]


def share(part, whole):
    return part / whole if whole else 0.0


def scores(actual, predicted):
    right = sum(1 for a, p in zip(actual, predicted) if a and p)
    said, held = sum(predicted), sum(actual)
    return [share(right, said), share(right, held), share(2 * right, said + held), held]


def means(rows):
    rows = np.array(rows, dtype=float)
    weights = rows[:, 3] / rows[:, 3].sum()
    return rows[:, :3].mean(0), (rows[:, :3] * weights[:, None]).sum(0)


def calibration_error(confidence, right):
    error = 0.0
    for i in range(BINS):
        inside = [k for k, c in enumerate(confidence) if i / BINS < c <= (i + 1) / BINS]
        if inside:
            error += abs(sum(confidence[k] for k in inside) - sum(right[k] for k in inside))
    return error / len(confidence)


def cases(dtype):
    logits = normal(200, 5, dtype=dtype)
    logits[:, 4] = -20.0
    labels = torch.randint(0, 4, (200,))
    labels = torch.where(labels == 3, torch.full_like(labels, 4), labels)
    logits[torch.arange(200), torch.where(labels == 4, torch.zeros_like(labels), labels)] += 1.5
    probabilities = torch.softmax(logits.double(), 1).tolist()
    said = [max(range(5), key=row.__getitem__) for row in probabilities]
    rows = [scores([y == k for y in labels.tolist()], [p == k for p in said]) for k in range(5)]
    macro, weighted = means(rows)
    confusion = np.zeros((5, 5), dtype=np.int64)
    for y, p in zip(labels.tolist(), said):
        confusion[y][p] += 1
    error = calibration_error([max(row) for row in probabilities], [y == p for y, p in zip(labels.tolist(), said)])
    yield Case("classes", {"logits": logits, "labels": labels, "scores": np.array(rows), "macro": macro, "weighted": weighted,
                           "confusion": confusion, "calibration_error": np.array(error)}, {})

    logits = normal(60, 3, dtype=dtype)
    targets = (torch.rand(60, 3) < torch.tensor([0.5, 0.2, 0.8])).to(dtype)
    logits[:, 1] = -logits[:, 1].abs()  # never said
    says, holds = (logits > 0).tolist(), (targets >= 0.5).tolist()
    rows = [scores([row[k] for row in holds], [row[k] for row in says]) for k in range(3)]
    macro, weighted = means(rows)
    confidence = (1 / (1 + torch.exp(-logits.double().abs()))).flatten().tolist()
    error = calibration_error(confidence, [s == h for a, b in zip(says, holds) for s, h in zip(a, b)])
    yield Case("labels", {"logits": logits, "targets": targets, "scores": np.array(rows), "macro": macro, "weighted": weighted,
                          "calibration_error": np.array(error)}, {})

    targets = normal(150, 2, dtype=dtype, scale=3.0, shift=1.0)
    predictions = (targets + normal(150, 2, dtype=dtype, shift=0.25)).to(torch.float32).to(dtype)
    p, t = predictions.double().numpy(), targets.double().numpy()
    r = p - t
    errors = np.stack([np.abs(r).mean(0), np.sqrt((r * r).mean(0)), 1 - (r * r).sum(0) / ((t - t.mean(0)) ** 2).sum(0), r.mean(0)], 1)
    yield Case("residuals", {"predictions": predictions, "targets": targets, "errors": errors,
                             "quantiles": np.quantile(r, LEVELS, axis=0).T.copy()}, {})
