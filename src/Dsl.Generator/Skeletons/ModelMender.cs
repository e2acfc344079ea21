using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;

namespace Dsl.Generator.Skeletons;

/// <summary>A wrong model with what is wrong taken out, so that the same code as ever says what members it has.</summary>
internal static class ModelMender
{
    // Each round costs a compilation, and each may find what the one before hid.
    private const int Rounds = 8;

    /// <summary>The mended model and its file, in which the class has the placeholder's name.</summary>
    public static (ModelDeclaration Declaration, string Source) Mend(ModelDeclaration declaration, CompilerOptions options)
    {
        var current = declaration with
        {
            Type = SkeletonName.Own(declaration.Type), StrayLayers = default, Budget = null, Pretrained = default,
        };
        for (int round = 0; round < Rounds; round++)
        {
            var findings = new Findings();
            if (ClassFile.Of(current, options, findings) is { } source) return (current, source);
            if (Without(current, new AttributeMender(AttributeMender.Errors(findings.ToArray()))) is not { } next) break;
            current = next;
        }

        current = StandIn.For(current);
        return (current, ClassFile.Of(current, options, new Findings())!);
    }

    /// <summary>The model without what is wrong; null where that is not in its attributes.</summary>
    private static ModelDeclaration? Without(ModelDeclaration declaration, AttributeMender mender)
    {
        var next = declaration with
        {
            Model = mender.WithoutArguments(declaration.Model),
            FurtherInputs = mender.WithoutArguments(declaration.FurtherInputs),
            Layers = mender.WithoutArguments(declaration.Layers),
            Methods = declaration.Methods is not { } methods ? null : methods with
            {
                Layers = new EquatableArray<LayerMethod>(methods.Layers
                    .Select(method => method with { Layers = mender.WithoutArguments(method.Layers) })),
            },
        };
        if (mender.Changed) return next;
        next = next with { Layers = mender.WithoutWrong(next.Layers) };
        return mender.Changed && next.Layers.Count > 0 ? next : null;
    }
}
