using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>A likelihood that knows the matrix by which labels became others.</summary>
internal abstract class LabelCorrection<TAttribute> : Objective<TAttribute>
    where TAttribute : LabelCorrectionAttribute
{
    // A product of probabilities may be 0 in single precision.
    protected const double LeastProbability = 1e-12;

    private const string State = "transition";

    public override LabelKind Labels => LabelKind.Class;

    public override bool ReadsLabelsAlone(TermAttribute attribute) =>
        attribute is TAttribute { NoiseRate: > 0 } or TAttribute { Transition: not null };

    /// <summary>The member of the runtime's <c>NoiseTransition</c> that is read.</summary>
    protected abstract string Form { get; }

    protected override IReadOnlyList<Symbol> Symbols(TAttribute attribute) =>
    [
        new("T", attribute.Transition is not null ? "how probably a class (row) has a label (column)"
            : attribute.NoiseRate > 0
                ? $"{Scalar.Literal(1 - attribute.NoiseRate)} on the diagonal, the same elsewhere; rows sum to 1"
            : "how probably a class (row) has a label (column), given or estimated before training"),
    ];

    /// <summary>What is made of a declared matrix; null for one that has no such form.</summary>
    protected abstract double[,]? FormOf(double[,] transition);

    protected override void Check(TAttribute attribute, ResultCheck result)
    {
        int classes = (int)result.Classes;
        if (attribute.Transition is not null && attribute.NoiseRate > 0)
        {
            Report(nameof(attribute.NoiseRate), "has NoiseRate and Transition, which both say how labels became others: keep one")
                .Offer(result.Declared.Remove(nameof(attribute.NoiseRate)), result.Declared.Remove(nameof(attribute.Transition)));
            return;
        }

        if (attribute.Transition is { } numbers && numbers.Length != classes * classes)
        {
            Report(nameof(attribute.Transition), $"has a Transition of {numbers.Length} numbers, but '{result.ModelName}' tells "
                + $"{classes} classes apart: give {classes * classes}, row by row");
            return;
        }

        if (Declared(attribute, classes) is not { } transition) return;
        for (int i = 0; i < classes; i++)
        {
            double sum = Enumerable.Range(0, classes).Sum(j => transition[i, j]);
            if (Math.Abs(sum - 1) <= 1e-6) continue;
            Report(nameof(attribute.Transition), $"has a Transition whose row {i} sums to {Scalar.Literal(Math.Round(sum, 6))}, "
                + "but a row is how probably a class has each label: let it sum to 1");
            return;
        }

        if (FormOf(transition) is null)
        {
            Report(attribute.NoiseRate > 0 ? nameof(attribute.NoiseRate) : nameof(attribute.Transition),
                "has a transition matrix without an inverse, by which labels say nothing of classes: take [ForwardCorrection], "
                + "or another matrix");
        }

        Findings Report(string argument, string what) =>
            result.Report(Catalogue.NoTransition, argument, result.Name, what);
    }

    /// <summary>The matrix as the step reads it, [K, K].</summary>
    protected Value Matrix(TAttribute attribute, Comparison compared)
    {
        int classes = compared.Classes;
        Shape square = Shape.Of(classes, classes);
        if (Declared(attribute, classes) is { } declared)
        {
            double[] numbers = [.. FormOf(declared)!.Cast<double>()];
            return compared.Computation.Add(new Reshape(square), Casing.Variable(Form),
                compared.Constant(attribute, Form, numbers));
        }

        StepContext step = compared.Step;
        if (step.Trainer.States.All(known => known.Name != State))
        {
            step.AddState(new StateNode(State, "_" + State, $"how probably a class has a label, [{classes}, {classes}]",
                $"new NoiseTransition({classes}, {step.Model.Arena}.Values.dtype, _device)")
            {
                Type = "NoiseTransition",
                Members = [(State, "Matrix")],
                Property = "Transition",
            });
        }

        return compared.Computation.Add(
            new StateFunction("_" + State, Form, new TensorType(square)), Casing.Variable(Form));
    }

    private static double[,]? Declared(TAttribute attribute, int classes)
    {
        if (attribute.Transition is null && attribute.NoiseRate == 0) return null;
        var matrix = new double[classes, classes];
        for (int i = 0; i < classes; i++)
        {
            for (int j = 0; j < classes; j++)
            {
                matrix[i, j] = attribute.Transition?[(i * classes) + j]
                    ?? (i == j ? 1 - attribute.NoiseRate : attribute.NoiseRate / (classes - 1));
            }
        }

        return matrix;
    }
}

internal sealed class ForwardCorrection : LabelCorrection<ForwardCorrectionAttribute>
{
    protected override string Form => "Transposed";

    protected override string Notation => "−mean log (Tᵀ·p)[y], p = softmax(z)";

    protected override double[,] FormOf(double[,] transition)
    {
        int classes = transition.GetLength(0);
        var transposed = new double[classes, classes];
        for (int i = 0; i < classes; i++)
            for (int j = 0; j < classes; j++) transposed[j, i] = transition[i, j];
        return transposed;
    }

    protected override Value Lower(ForwardCorrectionAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value probabilities = c.Add(new Softmax(), "probabilities", compared.Logits);
        Value given = c.Add(new Linear(), "labelProbabilities", probabilities, Matrix(attribute, compared));
        Value logarithms = c.Add(new Logarithm(), "logProbabilities", c.Add(
            new ClampMinimum(LeastProbability), "leastProbabilities", given));
        return ClassRows.Likelihood(compared, attribute.Reduction, "forwardCorrection", logarithms, compared.Label);
    }
}

internal sealed class BackwardCorrection : LabelCorrection<BackwardCorrectionAttribute>
{
    protected override string Form => "Inverse";

    protected override string Notation => "−mean Σ (T^{−1})[y]·log softmax(z)";

    protected override double[,]? FormOf(double[,] transition)
    {
        // Gauss and Jordan, with the largest pivot of each column.
        int n = transition.GetLength(0);
        double[,] left = (double[,])transition.Clone(), right = new double[n, n];
        for (int i = 0; i < n; i++) right[i, i] = 1;
        for (int column = 0; column < n; column++)
        {
            int pivot = Enumerable.Range(column, n - column).OrderByDescending(row => Math.Abs(left[row, column])).First();
            if (Math.Abs(left[pivot, column]) < 1e-9) return null;
            for (int k = 0; k < n; k++)
            {
                (left[pivot, k], left[column, k]) = (left[column, k], left[pivot, k]);
                (right[pivot, k], right[column, k]) = (right[column, k], right[pivot, k]);
            }

            double scale = 1 / left[column, column];
            for (int k = 0; k < n; k++) (left[column, k], right[column, k]) = (left[column, k] * scale, right[column, k] * scale);
            for (int row = 0; row < n; row++)
            {
                double factor = left[row, column];
                if (row == column || factor == 0) continue;
                for (int k = 0; k < n; k++)
                {
                    left[row, k] -= factor * left[column, k];
                    right[row, k] -= factor * right[column, k];
                }
            }
        }

        return right;
    }

    protected override Value Lower(BackwardCorrectionAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", compared.Logits);
        Value corrected = c.Add(new Linear(), "correctedLogProbabilities", logProbabilities, Matrix(attribute, compared));
        return ClassRows.Likelihood(compared, attribute.Reduction, "backwardCorrection", corrected, compared.Label);
    }
}
