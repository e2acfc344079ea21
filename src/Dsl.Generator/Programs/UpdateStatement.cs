using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Programs;

/// <summary>One statement of an update, with its spelling for one element's registers and for whole tensors.</summary>
internal abstract record UpdateStatement
{
    /// <summary>The vectors that it reads or writes, each named after one element.</summary>
    public abstract IEnumerable<string> Vectors { get; }

    /// <summary>The vector that it changes, named after one element; null where it makes a new one or changes none.</summary>
    public virtual string? Changed => null;

    /// <summary>The coefficients that it reads.</summary>
    public virtual IEnumerable<string> Coefficients => [];

    /// <summary>The ratio of norms that it reads; null for none.</summary>
    public virtual string? ReadRatio => null;

    /// <summary>Whether it is of whole parameters, so that elements before it and behind it have a pass each.</summary>
    public virtual bool IsBetweenPasses => false;

    /// <summary>Over <c>Vector&lt;float&gt;</c>; vectors are named after one element.</summary>
    public abstract string Fused();

    /// <summary>For one element in CUDA C. Coefficients are <c>double</c>, elements <c>float</c>.</summary>
    public abstract string Kernel();

    /// <summary>In TorchSharp's API.</summary>
    /// <param name="vector">The tensor of a vector that is named after one element.</param>
    public abstract string Tensors(Func<string, string> vector);

    // A coefficient as the elements are.
    private static string Single(string coefficient) => $"(float){coefficient}";

    private static InvalidOperationException BetweenKernels() => new("What is of whole parameters is no part of a kernel.");

    /// <summary>target ← keep·target + scale·term; null means the factor 1.</summary>
    public sealed record Blend(string Target, string? Keep, string? Scale, UpdateTerm Term) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [Target, .. Term.Vectors];

        public override string? Changed => Target;

        public override IEnumerable<string> Coefficients => new[] { Keep, Scale }.OfType<string>();

        public override string Fused() => Sum(Keep, Scale, Term.Fused());

        public override string Kernel() =>
            Sum(Keep is null ? null : Single(Keep), Scale is null ? null : Single(Scale), Term.Kernel());

        private string Sum(string? keep, string? scale, string term)
        {
            string scaled = scale is null ? term : $"{scale} * {term}";
            return keep is null ? $"{Target} += {scaled};" : $"{Target} = {keep} * {Target} + {scaled};";
        }

        public override string Tensors(Func<string, string> vector)
        {
            string target = Keep is null ? vector(Target) : $"Aten.mul_({vector(Target)}, {Keep})";
            return Term.AddTo(target, vector, Scale ?? "1") + ";";
        }
    }

    /// <summary>A new vector: scale·√source + offset.</summary>
    public sealed record Root(string Name, string Scale, string Source, string Offset) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [Source];

        public override IEnumerable<string> Coefficients => [Scale, Offset];

        public override string Fused() => $"var {Name} = {Scale} * Vector.SquareRoot({Source}) + {Offset};";

        public override string Kernel() => $"float {Name} = {Single(Scale)} * sqrtf({Source}) + {Single(Offset)};";

        public override string Tensors(Func<string, string> vector) =>
            $"Tensor {Name} = Aten.add_(Aten.mul_({vector(Source)}.sqrt(), {Scale}), {Offset});";
    }

    /// <summary>A new vector: √max(source − centre², 0) + offset. Rounding can make a variance negative.</summary>
    public sealed record Deviation(string Name, string Source, string Centre, string Offset) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [Source, Centre];

        public override IEnumerable<string> Coefficients => [Offset];

        public override string Kernel() =>
            $"float {Name} = sqrtf(larger({Source} - {Centre} * {Centre}, 0.0f)) + {Single(Offset)};";

        public override string Fused() =>
            $"var {Name} = Vector.SquareRoot(Vector.Max({Source} - {Centre} * {Centre}, Vector<float>.Zero)) + {Offset};";

        public override string Tensors(Func<string, string> vector) =>
            $"Tensor {Name} = Aten.add_("
            + $"Aten.clamp_min_(Aten.addcmul({vector(Source)}, {vector(Centre)}, {vector(Centre)}, -1), 0).sqrt_(), {Offset});";
    }

    /// <summary>A new vector: a·first + b·second.</summary>
    public sealed record Mix(string Name, string FirstShare, string First, string SecondShare, string Second) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [First, Second];

        public override IEnumerable<string> Coefficients => [FirstShare, SecondShare];

        public override string Fused() => $"var {Name} = {FirstShare} * {First} + {SecondShare} * {Second};";

        public override string Kernel() =>
            $"float {Name} = {Single(FirstShare)} * {First} + {Single(SecondShare)} * {Second};";

        public override string Tensors(Func<string, string> vector) =>
            $"Tensor {Name} = Aten.add_(Aten.mul({vector(First)}, {FirstShare}), {vector(Second)}, {SecondShare});";
    }

    /// <summary>A whole matrix in the place of the gradient, by a method of the runtime's <c>MatrixDirection</c>. It is made
    /// between two passes.</summary>
    /// <param name="Function">The method, over the arena, the matrix's first element, its rows and its columns.</param>
    /// <param name="Arguments">C# expressions behind these, each after a comma.</param>
    public sealed record OfMatrix(string Function, string Arguments) : UpdateStatement
    {
        private string Call =>
            $"MatrixDirection.{Function}({UpdateProgram.Arena}, from, {UpdateProgram.Rows}, {UpdateProgram.Columns}{Arguments});";

        public override IEnumerable<string> Vectors => [];

        public override bool IsBetweenPasses => true;

        public override string Fused() => Call;

        public override string Kernel() => throw BetweenKernels();

        public override string Tensors(Func<string, string> vector) => Call;
    }

    /// <summary>target ← max(target, source).</summary>
    public sealed record Maximum(string Target, string Source) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [Target, Source];

        public override string? Changed => Target;

        public override string Fused() => $"{Target} = Vector.Max({Target}, {Source});";

        public override string Kernel() => $"{Target} = larger({Target}, {Source});";

        public override string Tensors(Func<string, string> vector) =>
            $"{vector(Target)}.copy_(maximum({vector(Target)}, {vector(Source)}));";
    }

    /// <summary>target ← scale·dividend/divisor.</summary>
    public sealed record Divide(string Target, string Scale, string Dividend, string Divisor) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [Target, Dividend, Divisor];

        public override string? Changed => Target;

        public override IEnumerable<string> Coefficients => [Scale];

        public override string Fused() => $"{Target} = {Scale} * {Dividend} / {Divisor};";

        public override string Kernel() => $"{Target} = {Single(Scale)} * {Dividend} / {Divisor};";

        public override string Tensors(Func<string, string> vector) =>
            $"Aten.mul_({vector(Target)}.copy_({vector(Dividend)}).div_({vector(Divisor)}), {Scale});";
    }

    /// <summary>A number of the whole parameter tensor, a factor of its step; 1 for parameters that do not adapt. It is
    /// computed between two passes.</summary>
    /// <param name="Function">A method of the runtime's <c>TrustRatio</c>, over parameters and gradients.</param>
    /// <param name="Arguments">C# expressions behind the two vectors, each after a comma.</param>
    public sealed record Trust(string Name, string Function, string Arguments) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [];

        public override bool IsBetweenPasses => true;

        public override string Fused() =>
            $"var {Name} = new Vector<float>((float)({UpdateProgram.Adapts} ? TrustRatio.{Function}(parameters, "
            + $"gradients{Arguments}) : 1));";

        public override string Kernel() => throw BetweenKernels();

        public override string Tensors(Func<string, string> vector) =>
            $"Tensor? {Name} = {UpdateProgram.Adapts} ? TrustRatio.{Function}(parameters, gradients{Arguments}) : null;";
    }

    /// <summary>target ← ratio·target, with a <see cref="Trust"/>.</summary>
    public sealed record Rescale(string Target, string Ratio) : UpdateStatement
    {
        public override IEnumerable<string> Vectors => [Target];

        public override string? Changed => Target;

        public override string? ReadRatio => Ratio;

        public override string Fused() => $"{Target} *= {Ratio};";

        public override string Kernel() => $"if ({Ratio}) {Target} *= *{Ratio};";

        public override string Tensors(Func<string, string> vector) =>
            $"if ({Ratio} is not null) {vector(Target)}.mul_({Ratio});";
    }
}

/// <summary>What a <see cref="UpdateStatement.Blend"/> adds.</summary>
internal abstract record UpdateTerm
{
    /// <summary>The vectors that it reads.</summary>
    public abstract IEnumerable<string> Vectors { get; }

    public abstract string Fused();

    /// <summary>For one element in CUDA C.</summary>
    public virtual string Kernel() => Fused();

    /// <summary>The call that adds the scaled term to a tensor in place.</summary>
    /// <param name="target">The tensor, an expression.</param>
    /// <param name="vector">The tensor of a vector that is named after one element.</param>
    /// <param name="scale">The factor of the term.</param>
    public abstract string AddTo(string target, Func<string, string> vector, string scale);

    public sealed record One(string Vector) : UpdateTerm
    {
        public override IEnumerable<string> Vectors => [Vector];

        public override string Fused() => Vector;

        public override string AddTo(string target, Func<string, string> vector, string scale) =>
            scale == "1" ? $"Aten.add_({target}, {vector(Vector)})" : $"Aten.add_({target}, {vector(Vector)}, {scale})";
    }

    public sealed record Square(string Vector) : UpdateTerm
    {
        public override IEnumerable<string> Vectors => [Vector];

        public override string Fused() => $"{Vector} * {Vector}";

        public override string AddTo(string target, Func<string, string> vector, string scale) =>
            $"Aten.addcmul_({target}, {vector(Vector)}, {vector(Vector)}, {scale})";
    }

    public sealed record Quotient(string Dividend, string Divisor) : UpdateTerm
    {
        public override IEnumerable<string> Vectors => [Dividend, Divisor];

        public override string Fused() => $"{Dividend} / {Divisor}";

        public override string AddTo(string target, Func<string, string> vector, string scale) =>
            $"Aten.addcdiv_({target}, {vector(Dividend)}, {vector(Divisor)}, {scale})";
    }

    /// <summary>−1, 0 or 1. What is not a number stays so, in place of the 0 that aten's sign makes of it.</summary>
    public sealed record Sign(string Vector) : UpdateTerm
    {
        public override IEnumerable<string> Vectors => [Vector];

        public override string Fused() =>
            $"Vector.ConditionalSelect(Vector.GreaterThan({Vector}, Vector<float>.Zero), Vector<float>.One, "
            + $"Vector.ConditionalSelect(Vector.LessThan({Vector}, Vector<float>.Zero), -Vector<float>.One, {Vector}))";

        public override string Kernel() => $"sign({Vector})";

        public override string AddTo(string target, Func<string, string> vector, string scale) =>
            $"Aten.add_({target}, where({vector(Vector)}.isnan(), {vector(Vector)}, {vector(Vector)}.sign()), {scale})";
    }
}
